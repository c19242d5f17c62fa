"""wakepy's line to the session bus, where its own falls short.

Its own looks for the bus in one environment variable only, tells the user "wakepy: wakelock
active", does not say whether it was refused or nobody answered, and stays connected after a
failure, so that a service that wakes up late would hold the screen for nobody.
"""

from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped] # it ships no types
from jeepney.auth import AuthenticationError  # type: ignore[import-untyped] # likewise
from jeepney.io.blocking import DBusConnection, prep_socket  # type: ignore[import-untyped] # likewise
from jeepney.wrappers import unwrap_msg  # type: ignore[import-untyped] # likewise
from wakepy import DBusAdapter
from wakepy.core import DBusMethodCall

from itband_gui.cues.problems import AwakeProblem

CONNECT_S = 1.0  # our choice; a bus that is well takes a millisecond
ANSWER_S = 2.0  # for each service asked; wakepy's own


class BusConnection:
    """One connection, made when first needed; `problem` tells why a call failed, if we know."""

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
            OSError: no bus, or no answer in time (TimeoutError).
            DBusErrorResponse: the answer is no.

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
        """Hang up; the desktop forgets what it held for us."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connected(self) -> DBusConnection:
        if self._dead:  # so that each further service does not wait for it again
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
    """Return the class that wakepy wants, for one line."""

    class OnLine(DBusAdapter):
        def process(self, call: DBusMethodCall) -> object:
            return line.ask(call)

        def close_connections(self) -> None:
            line.close()

    return OnLine
