pages: list = []
api: list = []
