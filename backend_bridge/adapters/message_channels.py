"""The channels that carry a message out: SMS and CAP and webhook over HTTPS, e-mail over SMTP with TLS."""

import hashlib
import hmac
import json
import smtplib
import ssl
import urllib.error
import urllib.request
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from backend_bridge.adapters.cap_messages import CapOrigin, cap_alert
from backend_bridge.adapters.channel_settings import ChannelSettings, HttpTarget, MailServer, secret_of
from backend_bridge.domain.outcomes.effects import NotifyProtected, SendMessage

TIMEOUT_S = 10.0


class ChannelFailed(Exception):
    """The message did not go out; `final` where trying again cannot help. The sentence names no person, number or place."""

    def __init__(self, sentence: str, *, final: bool = False) -> None:
        super().__init__(sentence)
        self.final = final


class Channel(Protocol):
    """One way out."""

    def send(self, message: SendMessage | NotifyProtected, now_us: int) -> None:
        """Deliver it to the next hop, or raise ChannelFailed; the same key again is the same message."""
        ...


class SmsChannel:
    """Posts `{"to", "text"}` for each number to an SMS provider, with the message's key as Idempotency-Key."""

    def __init__(self, target: HttpTarget, settings: ChannelSettings, folder: Path) -> None:
        self._poster = _Poster(target, folder)
        self._recipients = settings.recipients

    def send(self, message: SendMessage | NotifyProtected, now_us: int) -> None:  # noqa: ARG002
        """Send to every number of the person, or to the number configured for the office."""
        if isinstance(message, NotifyProtected):
            numbers = message.phones
        else:
            office = self._recipients.get(message.recipient)
            numbers = (office.sms,) if office and office.sms else ()
        if not numbers:
            raise ChannelFailed("no phone number is known for the recipient", final=True)
        for index, number in enumerate(numbers):
            body = json.dumps({"to": number, "text": message.text}, ensure_ascii=False).encode()
            self._poster.post(body, "application/json", f"{message.key}/{index}")


class CapChannel:
    """Posts a CAP 1.2 alert to another centre."""

    def __init__(self, target: HttpTarget, settings: ChannelSettings, folder: Path) -> None:
        self._poster = _Poster(target, folder)
        self._sender = settings.sender

    def send(self, message: SendMessage | NotifyProtected, now_us: int) -> None:
        """Send the alert; a protected person is never told by CAP."""
        office = _office_only(message)
        self._poster.post(cap_alert(office, CapOrigin(sender=self._sender, sent_us=now_us)), "application/cap+xml", office.key)


class WebhookChannel:
    """Posts the message as JSON, signed with HMAC-SHA256 over the exact body in `X-Bongsu-Signature`."""

    def __init__(self, target: HttpTarget, settings: ChannelSettings, folder: Path) -> None:
        self._poster = _Poster(target, folder)
        self._secret = (secret_of(settings.webhook_secret_file, folder) or "").encode()

    def send(self, message: SendMessage | NotifyProtected, now_us: int) -> None:
        """Send what an office may know of an incident."""
        office = _office_only(message)
        place = office.place and {"lat": office.place.lat_deg, "lon": office.place.lon_deg, "radius_m": office.radius_m}
        fields = {
            "key": office.key,
            "incident": office.incident,
            "case": office.case,
            "recipient": office.recipient,
            "level": office.level,
            "text": office.text,
            "place": place,
            "exercise": office.exercise,
            "sent_us": now_us,
        }
        body = json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()
        signature = hmac.new(self._secret, body, hashlib.sha256).hexdigest()
        self._poster.post(body, "application/json", office.key, {"X-Bongsu-Signature": f"sha256={signature}"})


class MailChannel:
    """Sends a mail to an office; its Message-ID is the message's key, so that a repeat is known as one."""

    def __init__(self, server: MailServer, settings: ChannelSettings, folder: Path) -> None:
        self._server = server
        self._recipients = settings.recipients
        self._password = secret_of(server.password_file, folder)
        self._tls = _tls(server.ca_file, folder)

    def send(self, message: SendMessage | NotifyProtected, now_us: int) -> None:  # noqa: ARG002
        """Send to the address configured for the office; the subject names the incident alone."""
        office = _office_only(message)
        known = self._recipients.get(office.recipient)
        if known is None or known.email is None:
            raise ChannelFailed("no mail address is configured for the recipient", final=True)
        mail = EmailMessage()
        mail["From"], mail["To"] = self._server.sender, known.email
        mail["Subject"] = ("[훈련] " if office.exercise else "") + (office.incident or office.case or office.recipient)
        mail["Message-ID"] = f"<{hashlib.sha256(office.key.encode()).hexdigest()[:32]}@bongsu.invalid>"
        mail.set_content(office.text)
        try:
            with smtplib.SMTP(self._server.host, self._server.port, timeout=TIMEOUT_S) as smtp:
                smtp.starttls(context=self._tls)
                if self._server.user and self._password:
                    smtp.login(self._server.user, self._password)
                smtp.send_message(mail)
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError) as error:
            raise ChannelFailed(f"the mail server refused the message ({type(error).__name__})", final=True) from error
        except (OSError, smtplib.SMTPException) as error:
            raise ChannelFailed(f"the mail server could not be used ({type(error).__name__})") from error


def channels_of(settings: ChannelSettings, folder: Path) -> dict[str, Channel]:
    """The channels that are configured, by the name that effects know them by."""
    channels: dict[str, Channel] = {}
    if settings.sms:
        channels["sms"] = SmsChannel(settings.sms, settings, folder)
    if settings.cap:
        channels["cap"] = CapChannel(settings.cap, settings, folder)
    if settings.webhook:
        channels["webhook"] = WebhookChannel(settings.webhook, settings, folder)
    if settings.email:
        channels["email"] = MailChannel(settings.email, settings, folder)
    return channels


class _Poster:
    """Posts to one HTTPS address (plain HTTP only to this machine itself)."""

    def __init__(self, target: HttpTarget, folder: Path) -> None:
        self._url = target.url
        if not target.url.startswith(("https://", "http://127.0.0.1", "http://[::1]")):
            raise ChannelFailed("a channel's url must begin with https://", final=True)
        self._token = secret_of(target.token_file, folder)
        self._tls = _tls(target.ca_file, folder)

    def post(self, body: bytes, kind: str, key: str, headers: dict[str, str] | None = None) -> None:
        request = urllib.request.Request(self._url, data=body, method="POST")  # noqa: S310 — the scheme is checked above
        request.add_header("Content-Type", kind)
        request.add_header("Idempotency-Key", hashlib.sha256(key.encode()).hexdigest())
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        if self._token:
            request.add_header("Authorization", f"Bearer {self._token}")
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S, context=self._tls) as answer:  # noqa: S310
                answer.read(1024)
        except urllib.error.HTTPError as error:
            final = 400 <= error.code < 500 and error.code not in (408, 409, 425, 429)
            raise ChannelFailed(f"the other side answered {error.code}", final=final) from error
        except OSError as error:
            raise ChannelFailed(_why_unreached(error)) from error


def _why_unreached(error: OSError) -> str:
    match error.reason if isinstance(error, urllib.error.URLError) else error:
        case TimeoutError():
            return "the other side did not answer in time"
        case ConnectionRefusedError():
            return "the other side refused the connection"
        case ssl.SSLError():
            return "the certificate of the other side is not trusted"
        case cause:
            return f"the other side could not be reached ({type(cause).__name__})"


def _office_only(message: SendMessage | NotifyProtected) -> SendMessage:
    if isinstance(message, NotifyProtected):
        raise ChannelFailed("a protected person is told by app or SMS only", final=True)
    return message


def _tls(ca_file: str | None, folder: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=None if ca_file is None else str(folder / ca_file))
