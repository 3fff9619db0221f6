"""The only reader of the environment. Everything missing or wrong is named at once, each with the line to write."""

import base64
import json
import logging
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "OCOP_"
DEFAULT_DATABASE_URL = "sqlite:///var/ocop.db"
Model = TypeVar("Model", bound=BaseModel)

EXAMPLES = {  # the line to write when a setting is missing or wrong
    "DATABASE_URL": "OCOP_DATABASE_URL=sqlite:///var/ocop.db",
    "MASTER_KEYS": "OCOP_MASTER_KEYS=$(python3 -c 'import os,base64;print(base64.b64encode(os.urandom(32)).decode())')",
    "CONTACT": "OCOP_CONTACT=ocop@thainguyen.example.vn",
    "TIMEZONE": "OCOP_TIMEZONE=Asia/Ho_Chi_Minh",
    "LOG_FORMAT": "OCOP_LOG_FORMAT=text",
    "CRAWL_DELAY_S": "OCOP_CRAWL_DELAY_S=5",
    "EVIDENCE_DAYS": "OCOP_EVIDENCE_DAYS=14",
    "KEEP_ORIGINALS_DAYS": "OCOP_KEEP_ORIGINALS_DAYS=30",
}


class SettingsError(Exception):
    """One or more settings are missing or wrong; the text names each with an example line."""


class Settings(BaseSettings):
    """What the whole process needs. Marketplace app keys are read by `marketplace`, when a shop of that kind is used."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", hide_input_in_errors=True)

    database_url: str = DEFAULT_DATABASE_URL
    master_keys: SecretStr | None = None  # comma-separated base64 of 32 bytes each; the first encrypts
    contact: str | None = None  # goes into the crawler's User-Agent
    timezone: str = "Asia/Ho_Chi_Minh"
    log_format: Literal["text", "json"] = "text"
    crawl_delay_s: float = 5.0
    evidence_days: int = 14  # how long what a crawl read is kept; 0: not at all
    keep_originals_days: int = Field(default=0, ge=0)  # how long imported files are kept, encrypted; 0: not at all

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError) as err:
            raise ValueError("no such time zone") from err
        return name

    @field_validator("master_keys")
    @classmethod
    def _whole_keys(cls, keys: SecretStr | None) -> SecretStr | None:
        if keys is not None:
            for part in keys.get_secret_value().split(","):
                if len(base64.b64decode(part.strip(), validate=True)) != 32:  # noqa: PLR2004 - AES-256
                    raise ValueError("each key is 32 bytes in base64")
        return keys


def load_settings() -> Settings:
    """Read the environment once, at a door. Raises SettingsError naming everything wrong."""
    try:
        return Settings()
    except ValidationError as err:
        raise SettingsError(_explain(err, PREFIX)) from None


def preferred_language(environ: Mapping[str, str] | None = None) -> str:
    """`en` where OCOP_LANG or the locale names English, else `vi`: the product's own people read Vietnamese."""
    source = os.environ if environ is None else environ
    name = next((source[key] for key in ("OCOP_LANG", "LC_ALL", "LC_MESSAGES", "LANG") if source.get(key)), "vi")
    return "en" if name.lower().startswith("en") else "vi"


def marketplace_settings(code: str, model: type[Model], environ: Mapping[str, str] | None = None) -> Model:
    """The app keys of one marketplace from OCOP_<CODE>__<FIELD>. Raises SettingsError naming every missing field."""
    prefix = f"{PREFIX}{code.upper()}__"
    source = os.environ if environ is None else environ
    given: dict[str, Any] = {k.removeprefix(prefix).lower(): v for k, v in source.items() if k.startswith(prefix)}
    try:
        return model.model_validate(given)
    except ValidationError as err:
        raise SettingsError(_explain(err, prefix)) from None


def _explain(err: ValidationError, prefix: str) -> str:
    lines = []
    for problem in err.errors(include_input=False, include_url=False):
        name = "__".join(str(part) for part in problem["loc"]).upper()
        example = EXAMPLES.get(name, f"{prefix}{name}=…")
        what = "thiếu" if problem["type"] == "missing" else f"sai ({problem['msg']})"
        lines.append(f"{prefix}{name}: {what}. Hãy đặt: {example}")
    return "Cấu hình chưa đúng:\n" + "\n".join(lines)


ORDINARY = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    """What was passed as `extra`: messages are constant, facts stand beside them."""
    return {name: value for name, value in vars(record).items() if name not in ORDINARY}


class TextFormatter(logging.Formatter):
    """A line for eyes, its facts after the message."""

    def format(self, record: logging.LogRecord) -> str:
        return " ".join([super().format(record), *(f"{name}={value}" for name, value in _facts(record).items())])


class JsonFormatter(logging.Formatter):
    """One JSON object a line: constant message, facts from `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_facts(record),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure_logging(log_format: str, *, quiet: bool = False) -> None:
    """Logs go to stderr, so that stdout stays one JSON document. `quiet`: warnings only."""
    handler = logging.StreamHandler(sys.stderr)
    text = TextFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonFormatter() if log_format == "json" else text)
    logging.basicConfig(level=logging.WARNING if quiet else logging.INFO, handlers=[handler], force=True)
    for chatty in ("urllib3", "scrapy", "twisted", "apscheduler", "alembic", "asyncio", "procrastinate"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
