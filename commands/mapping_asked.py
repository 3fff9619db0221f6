"""The same on a terminal: what a mapping still lacks is asked, with what the headings suggest as the answer to Enter."""

import typer

from commands.speak import say
from connectors.mapped.days import Days
from connectors.mapped.faults import open_money
from connectors.mapped.headings import is_personal
from connectors.mapped.mapping import Mapping
from connectors.mapped.numbers import Numbers
from connectors.mapped.survey import Survey
from connectors.mapped.targets import TARGETS


def asked(seen: Survey, mapping: Mapping) -> Mapping:
    """Every target, then the words of the status column, money that is left over, forms in doubt, and the name."""
    mapping = mapping.model_copy(update={"columns": _columns(seen, mapping)})
    mapping = mapping.model_copy(update={"statuses": _statuses(seen, mapping), "ignored": _ignored(mapping)})
    update: dict[str, object] = {
        "numbers": mapping.numbers
        or Numbers(_choice(say("Số viết thế nào", "How are numbers written"), list(Numbers))),
        "days": mapping.days or Days(_choice(say("Ngày viết thế nào", "How are days written"), list(Days))),
    }
    if not mapping.marketplace and not {"sku", "product", "producer"} & set(mapping.columns):
        update["producer"] = typer.prompt(say("Mã chủ thể của cả tệp", "Producer code of all rows"))
    update["name"] = typer.prompt(say("Tên của cách đọc này (như so-ban-hang)", "A name for this mapping"))
    return mapping.model_copy(update=update)


def _columns(seen: Survey, mapping: Mapping) -> dict[str, str]:
    """Answers are numbers of columns; Enter takes the suggestion, or leaves the target out."""
    free = [heading for heading in seen.headings if not is_personal(heading)]
    for number, heading in enumerate(free, start=1):
        typer.echo(f"{number:3} {heading}", err=True)
    chosen: dict[str, str] = {}
    for target in TARGETS[mapping.shape].values():
        usual = mapping.columns.get(target.name)
        default = free.index(usual) + 1 if usual in free else 0
        number = int(typer.prompt(f"{target.name} ({target.title}), 0: không có", default=default, type=int, err=True))
        if 0 < number <= len(free):
            chosen[target.name] = free[number - 1]
    return chosen


def _statuses(seen: Survey, mapping: Mapping) -> dict[str, str]:
    if (heading := mapping.columns.get("status")) is None:
        return {}
    return {word: mapping.statuses.get(word) or _choice(word, mapping.meanings) for word in seen.statuses(heading)}


def _ignored(mapping: Mapping) -> tuple[str, ...]:
    left_out = [
        heading
        for heading in open_money(mapping)
        if typer.confirm(say(f"Cột tiền «{heading}»: cố ý không đọc?", f"Leave out {heading!r}?"), err=True)
    ]
    return (*mapping.ignored, *left_out)


def _choice(question: str, among: list[str]) -> str:
    answer: str = typer.prompt(f"{question} ({', '.join(among)})", err=True)
    while answer not in among:
        answer = typer.prompt(f"{question} ({', '.join(among)})", err=True)
    return answer
