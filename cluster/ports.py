"""Where everything listens, all on 127.0.0.1 (docs/cluster.md)."""

HOST = "127.0.0.1"
VARNISH = 28100  # where readers and editors come in
HAPROXY_WEB = 28080
HAPROXY_LEADER = 25000
ETCD, ETCD_PEERS = 24790, 24791


def web(number: int) -> int:
    return 28000 + number


def postgres(number: int) -> int:
    return 25430 + number


def patroni(number: int) -> int:
    return 28010 + number
