"""``kg serve``: a read-only SPARQL 1.1 endpoint over a build, its page, and its terms at their addresses.

Nothing is imported here: a worker, which starts anew after each query that was killed, loads no server.
"""
