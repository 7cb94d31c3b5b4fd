"""What makes features answers: one file per kind of answer, each with `LEVELS`, `FEATURES` and `answer`."""
