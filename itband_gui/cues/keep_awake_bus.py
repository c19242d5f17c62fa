"""Connects wakepy to the session bus, instead of wakepy's own connection.

That one looks for the bus in only one environment variable, shows the user "wakepy: wakelock
active", does not distinguish a refusal from no answer, and stays connected after a failure, so
that a slow service would keep the screen on for nobody.
"""

from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped] # it has no types
from jeepney.auth import AuthenticationError  # type: ignore[import-untyped] # no types
from jeepney.io.blocking import DBusConnection, prep_socket  # type: ignore[import-untyped] # no types
from jeepney.wrappers import unwrap_msg  # type: ignore[import-untyped] # no types
from wakepy import DBusAdapter
from wakepy.core import DBusMethodCall

from itband_gui.cues.problems import AwakeProblem

CONNECT_S = 1.0  # our choice; a healthy bus takes a millisecond
ANSWER_S = 2.0  # for each service; the same as wakepy's


class BusConnection:
    """A connection made when first needed; `problem` says why a call failed, if known."""

    def __init__(self, socket: str, name: str, reason: str) -> None:
        self.problem: AwakeProblem | None = None
        self._socket = socket
        self._said = {
            "application_name": name,
            "app_id": name,
            "reason_for_inhibit": reason,
            "reason": reason,
            "toplevel_xid": 0,  # no window in particular
        }
        self._connection: DBusConnection = None
        self._dead = False

    def ask(self, call: DBusMethodCall) -> object:
        """Return the answer to a call.

        Raises:
            OSError: there is no bus, or no answer in time (TimeoutError).
            DBusErrorResponse: the call was refused.

        """
        connection = self._connected()
        method, arguments = call.method, call.get_kwargs() or {}
        body = tuple(self._said.get(key, value) for key, value in arguments.items())
        address = DBusAddress(method.path, method.service, method.interface)
        message = new_method_call(address, method.name, method.signature, body)
        try:
            return unwrap_msg(connection.send_and_get_reply(message, timeout=ANSWER_S))
        except TimeoutError:
            self.problem = AwakeProblem.NO_ANSWER
            raise

    def close(self) -> None:
        """Disconnect, which ends everything the desktop holds for us."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connected(self) -> DBusConnection:
        if self._dead:  # the other services need not wait for it again
            raise ConnectionError(self.problem)
        if self._connection is None:
            self._dead = True
            self._connection = self._connect()
            self._dead = False
        return self._connection

    def _connect(self) -> DBusConnection:
        try:
            sock = prep_socket(self._socket, timeout=CONNECT_S)
        except TimeoutError:
            self.problem = AwakeProblem.NO_ANSWER
            raise
        except (OSError, AuthenticationError) as error:
            self.problem = AwakeProblem.NO_BUS
            raise ConnectionError from error
        try:
            return DBusConnection(sock)
        except BaseException:
            sock.close()
            self.problem = AwakeProblem.NO_BUS
            raise


def adapter(line: BusConnection) -> type[DBusAdapter]:
    """Return an adapter class for wakepy that uses this line."""

    class OnLine(DBusAdapter):
        def process(self, call: DBusMethodCall) -> object:
            return line.ask(call)

        def close_connections(self) -> None:
            line.close()

    return OnLine
