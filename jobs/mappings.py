"""Saved mappings: kept by name and by the fingerprint of their headings, so that a sheet is read one way only."""

from collections.abc import Sequence

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors import marketplaces
from connectors.files.kind import FileKind
from connectors.mapped.faults import faults
from connectors.mapped.kind import kind_of
from connectors.mapped.mapping import Mapping
from jobs.app import App, JobError
from models import FileMapping, Producer


def mapped_kinds(app: App) -> list[FileKind]:
    """Every saved mapping as a kind of file."""
    with app.database.session() as session:
        return [kind_of(mapping) for mapping in _all(session)]


def mappings(app: App) -> list[Mapping]:
    """By name."""
    with app.database.session() as session:
        return _all(session)


def mapping_named(app: App, name: str) -> Mapping:
    """Raises JobError naming those there are."""
    known = {mapping.name: mapping for mapping in mappings(app)}
    if name in known:
        return known[name]
    raise JobError(f"Không có cách đọc «{name}». Đang có: {', '.join(known) or 'chưa có cách đọc nào'}.")


def save_mapping(app: App, mapping: Mapping, *, replace: bool = False) -> None:
    """Safe to repeat. Raises JobError with every fault, for a name that is taken, and for headings another mapping reads."""
    with app.database.write() as session:
        if said := [*faults(mapping), *_strangers(session, mapping)]:
            raise JobError("\n".join(said))
        _refuse_twin(session, mapping)
        kept = session.get(FileMapping, mapping.name)
        if kept is None:
            kept = FileMapping(name=mapping.name)
            session.add(kept)
        elif not replace and kept.said != mapping.model_dump_json():
            raise JobError(f"Đã có cách đọc «{mapping.name}» khác. Thêm `--replace` để thay, hoặc đặt tên khác.")
        elif kept.said == mapping.model_dump_json():
            return
        kept.fingerprint, kept.said, kept.saved_at = mapping.fingerprint, mapping.model_dump_json(), app.now()


def delete_mapping(app: App, name: str) -> None:
    """What was imported by it stays, and can still be taken back. Raises JobError when there is none of that name."""
    mapping_named(app, name)
    with app.database.write() as session:
        session.delete(session.get_one(FileMapping, name))


def closest(app: App, headings: Sequence[str], command: str) -> str:
    """The saved mapping that shares most headings with a sheet, and only what differs; "" where none shares half of them."""
    here = {name.casefold(): name for name in headings if name}
    found = [(mapping, {name.casefold(): name for name in mapping.headings}) for mapping in mappings(app)]
    mapping, there = max(found, key=lambda one: len(one[1].keys() & here), default=(None, {}))
    if mapping is None or len(there.keys() & here) * 2 < max(len(there), len(here)):
        return ""
    more, less = (
        ", ".join(ours[key] for key in ours if key not in theirs) for ours, theirs in ((here, there), (there, here))
    )
    changes = " và ".join(filter(None, (more and f"có thêm cột {more}", less and f"không còn cột {less}")))
    return f"Gần giống cách đọc «{mapping.name}», nhưng {changes}. Nếu vẫn là sổ đó: `{command} --name {mapping.name} --replace`"


def parse_mapping(text: str) -> Mapping:
    """As `mapping export` wrote it. Raises JobError saying which field is wrong."""
    try:
        return Mapping.model_validate_json(text)
    except ValidationError as err:
        first = err.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "tệp"
        raise JobError(f"Không đọc được cách đọc từ tệp JSON này: {where}: {first['msg']}.") from None


def _all(session: Session) -> list[Mapping]:
    said: Sequence[str] = session.scalars(select(FileMapping.said).order_by(FileMapping.name)).all()
    return [Mapping.model_validate_json(one) for one in said]


def _strangers(session: Session, mapping: Mapping) -> list[str]:
    """What the mapping names and this office does not have."""
    said = []
    if mapping.marketplace and mapping.marketplace not in marketplaces():
        said.append(f"Không có sàn «{mapping.marketplace}». Các sàn: {', '.join(marketplaces())}.")
    known = select(Producer.id).where(Producer.code == mapping.producer)
    if mapping.producer and session.scalar(known) is None:
        said.append(f"Sổ đăng ký không có chủ thể mã «{mapping.producer}».")
    return said


def _refuse_twin(session: Session, mapping: Mapping) -> None:
    same = select(FileMapping.name).where(FileMapping.fingerprint == mapping.fingerprint)
    twin = session.scalar(same.where(FileMapping.name != mapping.name))
    if twin is not None:
        raise JobError(
            f"Tệp có các cột này đã được đọc theo «{twin}». Sửa cách đọc đó (`--name {twin} --replace`), "
            f"hoặc xoá trước: `ocop import mapping delete {twin}`."
        )
