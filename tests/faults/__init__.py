"""The real site under fire: people go on labelling and training while things are killed, cut, filled and moved.

    python -m tests.faults --count 200 --seed 1

prints one JSON object a line, one per fault, and ends with 1 when anything that a person saw as saved is missing, a
run or job is stuck or was done twice, or something did not come back by itself.
"""
