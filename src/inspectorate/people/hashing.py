"""How passwords are kept: by Argon2id, at the strength that one small machine can bear many times at once."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one lane: the least that OWASP names, and below half a second anywhere.

    Django's own figures ask for 100 MiB and eight lanes: a few people who sign in at once would fill a small server.
    Raise these and every password is hashed anew when its owner next signs in.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
