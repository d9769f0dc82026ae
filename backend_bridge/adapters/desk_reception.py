"""What the gate does with each message of a desk: who may come in, who goes on, what is handed to the room; no sockets."""

import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from msgspec import Struct

from backend_bridge.adapters.desk_ports import DeskGateSettings, DeskPorts
from backend_bridge.adapters.desk_seats import Peer, Seat
from backend_bridge.adapters.desk_tickets import Ticket, Tickets
from backend_bridge.adapters.login_clerk import Proof, Proven
from backend_bridge.adapters.passwords import weakness
from backend_bridge.adapters.user_accounts import Account, with_sessions_ended
from backend_bridge.application import inbox
from backend_bridge.application.answers import Found
from backend_bridge.application.inbox import Trouble
from backend_bridge.application.outcome import Reply
from backend_bridge.desk_protocol import (
    PROTO,
    Act,
    Answer,
    Ask,
    BridgePong,
    ChangePassword,
    DeskMessage,
    DeskPing,
    DeskPong,
    Done,
    Ended,
    Lock,
    Locked,
    Login,
    Logout,
    No,
    Resume,
    Seen,
    Unlock,
    Welcome,
    Whole,
    command_of,
    query_of,
)
from backend_bridge.domain.access import session as sessions
from backend_bridge.domain.access.session import Session, SessionEnd, Tries
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.quantities import MICROSECONDS

Send = Callable[[Peer, Struct], None]
_MAX_UNANSWERED = 64
_DEAD_AFTER_S = 5.0


class Reception:
    """Sessions and requests of all desks; belongs to the gate's thread."""

    def __init__(self, ports: DeskPorts, settings: DeskGateSettings, send: Send, prove: Callable[[Proof], bool]) -> None:
        self._ports, self._settings, self._send, self._prove = ports, settings, send, prove
        self._policy = sessions.at_speed(settings.policy, settings.speed)
        self._tickets = Tickets(settings.secret_key)
        self._acts: dict[int, tuple[str, int]] = {}
        self._next_act = 1
        self._dead: set[str] = set()
        self.seats: dict[str, Seat] = {}
        self.refused: Counter[tuple[str, str]] = Counter()
        """How often a desk (by name) tried what is refused, by code, since the last report to the room."""

    def refuse(self, peer: Peer, code: str, detail: str = "", number: int = 0) -> None:
        """Count a try, and answer it unless the desk does little else."""
        self.refused[peer.desk, code] += 1
        if peer.refusals.takes(peer.heard_s):
            self._send(peer, No(id=number, code=code, detail=detail))

    def take(self, peer: Peer, message: DeskMessage) -> None:
        """Act on one message."""
        match message:
            case DeskPing():
                self._ping(peer, message)
            case DeskPong():
                pass
            case Login():
                self._login(peer, message)
            case Resume():
                self._resume(peer, message)
            case _ if peer.seat is None or not sessions.is_bound_to(peer.seat.session, peer.desk_key):
                self.refuse(peer, "no-session", "Log in first.", message.id if isinstance(message, Act | Ask) else 0)
            case _:
                self._take_seated(peer, peer.seat, message)

    def _take_seated(self, peer: Peer, seat: Seat, message: Logout | Lock | Unlock | ChangePassword | Act | Ask | Seen | Whole) -> None:
        match message:
            case Seen():
                if not seat.seen(message.n, message.frame):
                    self.refuse(peer, "bad-number", "Nothing with this number was sent.")
            case Whole():
                self._whole(peer, seat)
            case Logout():
                self.end(seat, SessionEnd.LOGOUT)
            case Lock():
                self.lock(seat)
            case Unlock():
                self._unlock(peer, seat, message)
            case ChangePassword():
                self._change_password(peer, seat, message)
            case Act() | Ask():
                self._request(peer, seat, message)
            case _:
                assert_never(message)

    def _ping(self, peer: Peer, message: DeskPing) -> None:
        now_us = self._ports.now_us()
        if peer.seat is not None:
            idle_us = int(message.idle_s * MICROSECONDS * self._settings.speed)
            peer.seat.session = sessions.touched(peer.seat.session, idle_us, now_us)
        self._send(peer, BridgePong(echo_us=message.sent_us, now_us=now_us))

    def _whole(self, peer: Peer, seat: Seat) -> None:
        if peer.requests.takes(peer.heard_s):
            seat.needs_whole()
        else:
            self.refuse(peer, "too-fast", "Ask again in a second.")

    def _login(self, peer: Peer, message: Login) -> None:
        if message.proto != PROTO:
            self.refuse(peer, "proto", f"This bridge speaks version {PROTO}; install the desk that belongs to it.")
        elif peer.seat is not None:
            self.refuse(peer, "already", "Somebody is logged in at this desk; log out first.")
        elif peer.proving or not peer.logins.takes(peer.heard_s):
            self.refuse(peer, "too-fast", "Try again in a few seconds.")
        elif self._ports.tries.is_shut_out(message.user, self._ports.now_us()):
            self._refuse_login(peer, message.user, "locked")
        else:
            account = self._ports.account(message.user)
            kept = account.secret if account is not None and account.enabled else None
            self._start_proof(peer, Proof(routing=peer.routing, user=message.user, kept=kept, password=message.password))

    def _start_proof(self, peer: Peer, proof: Proof) -> None:
        if self._prove(proof):
            peer.proving = True
        else:
            self.refuse(peer, "too-fast", "Many people log in at once; try again in a few seconds.")

    def proven(self, peer: Peer | None, proven: Proven) -> None:
        """Go on with what waited for a password; `peer` is None where its connection has gone."""
        if peer is None:
            return
        peer.proving = False
        user = proven.proof.user
        account = self._ports.account(user)
        if not proven.right or account is None or not account.enabled:
            self._count_failure(user)
            self._refuse_login(peer, user, "wrong-secret")
            return
        if self._ports.tries.forget(user):
            self._ports.keep_tries(user, Tries())
        if proven.proof.unlocks and peer.seat is not None:
            self._set_locked(peer.seat, sessions.unlocked(peer.seat.session, self._ports.now_us()))
        elif proven.new_secret is not None and peer.seat is not None:
            self._put_password(peer.seat, account, proven.new_secret)
        elif peer.seat is None and not proven.proof.unlocks and proven.proof.new is None:
            self._open(peer, account)

    def _count_failure(self, user: str) -> None:
        tries = self._ports.tries.count(user, self._ports.now_us(), self._policy)
        if self._ports.account(user) is not None:
            self._ports.keep_tries(user, tries)

    def _refuse_login(self, peer: Peer, user: str, why: str) -> None:
        known = self._ports.account(user)
        reason = "unknown" if known is None else "disabled" if not known.enabled else why
        named = UserId(user) if known is not None else UserId("?")  # a password typed into the wrong field stays out of the log
        self._ports.hand_in(inbox.LoginRefused(user=named, desk=peer.desk, reason=reason))
        said = "Too many wrong passwords; wait a quarter of an hour." if why == "locked" else "The name or the password is wrong."
        self.refuse(peer, why, said)

    def _open(self, peer: Peer, account: Account) -> None:
        session = sessions.issue(
            secrets.token_hex(8), (account.user, account.role), (peer.desk, peer.desk_key), self._ports.now_us(), self._policy
        )
        self._begin(peer, session, account)

    def _begin(self, peer: Peer, session: Session, account: Account) -> None:
        for other in [seat for seat in self.seats.values() if seat.session.desk_key == peer.desk_key]:
            self.end(other, SessionEnd.ELSEWHERE)
        self._ports.hand_in(inbox.OpenSession(user=session.user, seat=session.seat, desk=session.desk, expires_us=session.expires_us))
        seat = Seat(session, held=account.must_change_password)
        self.seats[session.seat] = seat
        seat.connected(peer)
        self._welcome(peer, session, account)

    def _welcome(self, peer: Peer, session: Session, account: Account) -> None:
        ticket = Ticket(
            seat=session.seat,
            user=session.user,
            desk_key=session.desk_key,
            opened_us=session.opened_us,
            expires_us=session.expires_us,
        )
        welcome = Welcome(
            proto=PROTO,
            seat=session.seat,
            user=session.user,
            role=session.role,
            desk=session.desk,
            ticket=self._tickets.sealed(ticket),
            expires_us=session.expires_us,
            now_us=self._ports.now_us(),
            speed=self._settings.speed,
            locked=session.locked,
            idle_lock_s=self._settings.policy.idle_lock_us // MICROSECONDS,
            must_change_password=account.must_change_password,
        )
        self._send(peer, welcome)

    def _resume(self, peer: Peer, message: Resume) -> None:
        ticket = self._tickets.opened(message.ticket)
        account = None if ticket is None else self._ports.account(ticket.user)
        if message.proto != PROTO or peer.seat is not None or ticket is None or account is None:
            self.refuse(peer, "bad-ticket", "Log in again.")
        elif not self._is_good(ticket, account, peer):
            self.refuse(peer, "bad-ticket", "The session is over; log in again.")
        elif (seat := self.seats.get(ticket.seat)) is not None:
            self._drop_connection(seat, peer)
            seat.connected(peer)
            self._welcome(peer, seat.session, account)
        else:
            who, desk = (account.user, account.role), (peer.desk, peer.desk_key)
            fresh = sessions.issue(ticket.seat, who, desk, self._ports.now_us(), self._policy)
            self._begin(peer, replace(fresh, opened_us=ticket.opened_us, expires_us=ticket.expires_us), account)

    def _is_good(self, ticket: Ticket, account: Account, peer: Peer) -> bool:
        return (
            ticket.desk_key == peer.desk_key
            and self._ports.now_us() < ticket.expires_us
            and account.enabled
            and account.sessions_from_us <= ticket.opened_us
        )

    def _drop_connection(self, seat: Seat, now: Peer) -> None:
        if seat.peer is not None and seat.peer is not now:
            seat.disconnected(now.heard_s)

    def lock(self, seat: Seat) -> None:
        """Hide what the desk shows; it goes on hearing that there are alarms."""
        if not seat.session.locked:
            self._set_locked(seat, sessions.locked(seat.session))

    def _set_locked(self, seat: Seat, session: Session) -> None:
        seat.session = session
        seat.needs_whole()
        if seat.peer is not None:
            self._send(seat.peer, Locked(on=session.locked))

    def _unlock(self, peer: Peer, seat: Seat, message: Unlock) -> None:
        proof = Proof(routing=peer.routing, user=seat.session.user, kept=None, password=message.password, unlocks=True)
        self._prove_again(peer, seat, proof)

    def _change_password(self, peer: Peer, seat: Seat, message: ChangePassword) -> None:
        why = weakness(seat.session.user, message.new)
        if why is not None:
            self.refuse(peer, "weak-password", why)
            return
        proof = Proof(routing=peer.routing, user=seat.session.user, kept=None, password=message.old, new=message.new)
        self._prove_again(peer, seat, proof)

    def _prove_again(self, peer: Peer, seat: Seat, proof: Proof) -> None:
        account = self._ports.account(seat.session.user)
        if peer.proving or not peer.logins.takes(peer.heard_s):
            self.refuse(peer, "too-fast", "Try again in a few seconds.")
        elif self._ports.tries.is_shut_out(proof.user, self._ports.now_us()):
            self._refuse_login(peer, proof.user, "locked")
        else:
            self._start_proof(peer, replace(proof, kept=account.secret if account is not None and account.enabled else None))

    def _put_password(self, seat: Seat, account: Account, secret: str) -> None:
        others = [one for one in self.seats.values() if one.session.user == account.user and one is not seat]
        for other in others:
            self.end(other, SessionEnd.ENDED)
        since_us = max(account.sessions_from_us, seat.session.opened_us)
        self._ports.put_account(replace(account, secret=secret, must_change_password=False, sessions_from_us=since_us))
        seat.held = False
        if seat.peer is not None:
            self._send(seat.peer, Done())

    def _request(self, peer: Peer, seat: Seat, message: Act | Ask) -> None:
        if seat.session.locked:
            self.refuse(peer, "desk-locked", "Unlock the desk first.", message.id)
        elif seat.held:
            self.refuse(peer, "password-due", "Choose a password of your own first.", message.id)
        elif not peer.requests.takes(peer.heard_s):
            self.refuse(peer, "too-fast", "The desk asks faster than a person can.", message.id)
        elif sum(name == seat.session.seat for name, _ in self._acts.values()) >= _MAX_UNANSWERED:
            self.refuse(peer, "too-many", "Wait for the answers to what was asked.", message.id)
        else:
            self._hand_in(seat.session, message)

    def _hand_in(self, session: Session, message: Act | Ask) -> None:
        number, self._next_act = self._next_act, self._next_act + 1
        self._acts[number] = (session.seat, message.id)
        if isinstance(message, Act):
            self._ports.hand_in(inbox.Act(act=number, user=session.user, seat=session.seat, command=command_of(message)))
        else:
            self._ports.hand_in(inbox.Ask(act=number, user=session.user, seat=session.seat, query=query_of(message)))

    def reply(self, reply: Reply, found: Found | None) -> None:
        """Send the room's reply to whoever asked; `found` is what an allowed query found."""
        seat_name, number = self._acts.pop(reply.act, ("", 0))
        seat = self.seats.get(seat_name)
        if seat is None or seat.peer is None:
            return
        if reply.refusal is not None:
            self.refuse(seat.peer, reply.refusal, reply.sentence or "", number)
        elif found is not None and not seat.session.locked:
            answer = Answer(
                id=number,
                track=found.track,
                hits=found.hits,
                units=found.units,
                texts=found.texts,
                file=found.file,
                scenarios=found.scenarios,
                debrief=found.debrief,
                compared=found.compared,
            )
            self._send(seat.peer, answer)
        elif found is not None:
            self.refuse(seat.peer, "desk-locked", "Unlock the desk first.", number)
        else:
            self._send(seat.peer, Done(id=number, note=reply.note))

    def end(self, seat: Seat, why: SessionEnd) -> None:
        """End a session: tell the desk, tell the room."""
        self.seats.pop(seat.session.seat, None)
        self._acts = {act: asked for act, asked in self._acts.items() if asked[0] != seat.session.seat}
        peer = seat.peer
        if peer is not None:
            peer.seat = seat.peer = None
            self._send(peer, Ended(reason=why))
        if why is not SessionEnd.STOPPING:
            self._ports.hand_in(inbox.CloseSession(seat=seat.session.seat, reason=why))

    def dead_links(self, now_s: float) -> list[Trouble]:
        """Desks at which somebody is logged in and that have been away for too long, or are back: told once each."""
        dead = {seat.session.desk for seat in self.seats.values() if seat.peer is None and now_s - seat.gone_s >= _DEAD_AFTER_S}
        told = [Trouble(code=f"desk-link:{desk}", on=desk in dead) for desk in sorted(dead ^ self._dead)]
        self._dead = dead
        return told

    def end_user(self, user: str) -> None:
        """End all sessions of a user, and make the tickets that were given out for them worthless."""
        account = self._ports.account(user)
        if account is not None:
            self._ports.put_account(with_sessions_ended(account, self._ports.now_us()))
        for seat in [seat for seat in self.seats.values() if seat.session.user == user]:
            self.end(seat, SessionEnd.ENDED)

    def tick(self, now_s: float, desks: frozenset[str]) -> None:
        """End what has run out, lost its desk or its account, and lock what nobody touches."""
        now_us = self._ports.now_us()
        for seat in list(self.seats.values()):
            why = self._over(seat, now_s, now_us, desks)
            if why is not None:
                self.end(seat, why)
            elif sessions.should_lock(seat.session, now_us, self._policy):
                self.lock(seat)

    def _over(self, seat: Seat, now_s: float, now_us: int, desks: frozenset[str]) -> SessionEnd | None:
        session = seat.session
        account = self._ports.account(session.user)
        if session.desk_key not in desks:
            return SessionEnd.REVOKED
        if account is None or not account.enabled:
            return SessionEnd.DISABLED
        if account.sessions_from_us > session.opened_us or account.role is not session.role:
            return SessionEnd.ENDED
        if sessions.is_expired(session, now_us):
            return SessionEnd.EXPIRED
        lost_s = self._settings.policy.lost_us / MICROSECONDS
        return SessionEnd.LOST if seat.peer is None and now_s - seat.gone_s > lost_s else None
