"""What an administrator configured about the world outside: `channels.toml` in the data folder."""

from pathlib import Path

import msgspec


class ChannelSettingsWrong(Exception):
    """The file cannot be used; the sentence says which setting and what would be right."""


class HttpTarget(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An HTTPS address that takes messages; `token_file` holds a bearer token, `ca_file` whom to trust besides the system."""

    url: str
    token_file: str | None = None
    ca_file: str | None = None


class MailServer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An SMTP server, always over TLS (STARTTLS on the given port)."""

    host: str
    port: int = 587
    sender: str
    user: str | None = None
    password_file: str | None = None
    ca_file: str | None = None


class UnitServer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where police units' terminals connect with Cursor-on-Target over mutual TLS."""

    listen_host: str = "127.0.0.1"
    listen_port: int = 8089
    certificate_file: str
    key_file: str
    client_ca_file: str


class Recipient(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How an office is reached."""

    sms: str | None = None
    email: str | None = None


class ChannelSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All channels; one that is absent cannot be used, and a message for it fails with a sentence that says so."""

    sender: str = "bongsu@localhost"
    """Who a CAP alert says that it comes from."""
    sms: HttpTarget | None = None
    cap: HttpTarget | None = None
    webhook: HttpTarget | None = None
    webhook_secret_file: str | None = None
    """Key of the signature in `X-Bongsu-Signature` (HMAC-SHA256 over the body)."""
    email: MailServer | None = None
    units: UnitServer | None = None
    recipients: dict[str, Recipient] = {}


def read_channel_settings(path: Path) -> ChannelSettings:
    """The settings of `path`; all channels off where there is no such file.

    Raises ChannelSettingsWrong with the first setting that cannot be right.
    """
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return ChannelSettings()
    except OSError as error:
        raise ChannelSettingsWrong(f"{path.name} cannot be read: {error.strerror}.") from error
    try:
        return msgspec.toml.decode(text, type=ChannelSettings)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ChannelSettingsWrong(f"{path.name} is not right: {error}.") from error


def secret_of(name: str | None, folder: Path) -> str | None:
    """The one line in a file of secrets, relative to the data folder; None where none is named."""
    return None if name is None else (folder / name).read_text(encoding="utf8").strip()
