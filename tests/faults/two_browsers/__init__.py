"""Two people, three pages, two real browsers on the same few images, while the server dies and the network is cut."""
