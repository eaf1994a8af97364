"""How does a letter leave: handed to a mail server, with a clear answer whether it was taken?"""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime
from types import TracebackType
from typing import Protocol, Self

from scheduler.config import MailServer
from scheduler.domain.errors import SchedulerError
from scheduler.services.context import Clock, utc_now
from scheduler.services.letters import Letter


class NotTaken(SchedulerError):
    """The mail server did not take it now; trying again later may help."""


class NeverTaken(SchedulerError):
    """The mail server will not take it, however often it is tried."""


class Mailer(Protocol):
    """Something that takes letters."""

    def send(self, letter: Letter, message_id: str) -> None:
        """Hand over one letter; returns only after it was taken, raises NotTaken or NeverTaken otherwise."""
        ...


class SmtpMailer:
    """One connection to a mail server, opened at the first letter, and again after a fault."""

    def __init__(self, server: MailServer, clock: Clock = utc_now) -> None:
        self._server, self._clock = server, clock
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._drop()

    def send(self, letter: Letter, message_id: str) -> None:
        """Hand over one letter."""
        try:
            self._connected().send_message(self._written(letter, message_id))
        except smtplib.SMTPRecipientsRefused as error:
            self._drop()
            code = max(code for code, _ in error.recipients.values())
            raise _fault(code) from error
        except smtplib.SMTPResponseException as error:
            self._drop()
            raise _fault(error.smtp_code) from error
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise NotTaken("The mail server cannot be reached: %(why)s", why=type(error).__name__) from error
        except ValueError as error:
            raise NeverTaken("The letter has an address or subject that mail cannot carry.") from error

    def _written(self, letter: Letter, message_id: str) -> EmailMessage:
        mail = EmailMessage()
        mail["From"] = self._server.sender
        mail["To"] = letter.to
        mail["Subject"] = letter.subject
        mail["Date"] = format_datetime(self._clock())
        mail["Message-ID"] = message_id
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(letter.body)
        return mail

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            self._connection = self._open()
        return self._connection

    def _open(self) -> smtplib.SMTP:
        server = self._server
        if server.security == "tls":
            context = ssl.create_default_context()
            found: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout_seconds, context=context
            )
        else:
            found = smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)
        if server.security == "starttls":
            found.starttls(context=ssl.create_default_context())
        if server.user:
            found.login(server.user, server.password)
        return found

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def _fault(code: int) -> SchedulerError:
    if 500 <= code < 600:
        return NeverTaken("The mail server refuses this letter (%(code)s).", code=code)
    return NotTaken("The mail server asks to try later (%(code)s).", code=code)
