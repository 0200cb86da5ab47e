"""What is to be done elsewhere (operations) and what has happened (events).

A use case writes its wish and its operations in one transaction; workers carry them out. The
database is the queue of record, Celery only the doorbell. Knows an account id, no urls.
"""
