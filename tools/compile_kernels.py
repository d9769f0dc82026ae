"""Compiles the decision kernels into numba's cache, so that the first bridge starts as quickly as the second."""

from backend_bridge.domain.watch import Watch


def main() -> None:
    """Let a watch decide about one fix near one zone and one ring."""
    Watch.empty()


if __name__ == "__main__":
    main()
