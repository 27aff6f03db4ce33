"""The line protocol of benchmark workers: a request `work key=value …` on standard input, an answer `key=value …` on standard output."""
import sys


def serve(works):
    """Answers requests until the input ends. `works` maps a name to a function of a dictionary that returns a dictionary."""
    for line in sys.stdin:
        words = line.split()
        if not words:
            continue
        request = dict(word.split("=", 1) for word in words[1:])
        try:
            answer = works[words[0]](request)
        except Exception as error:  # the harness shows the message and goes on without this peer
            answer = {"error": str(error).replace(" ", "_")}
        print(" ".join(f"{key}={format_value(value)}" for key, value in answer.items()), flush=True)


def format_value(value):
    if isinstance(value, str):
        return value
    if hasattr(value, "__len__"):
        return ",".join(repr(float(item)) for item in value)
    return repr(value)
