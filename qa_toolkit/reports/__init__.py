"""What goes out: figures once (`figures`), seen by a class of readers (`views`), made into a pack (`packs`), laid out
(`layout`), and sent.

The door is `delivering.py`: days asked for, then a paper, then a file with its note. Beside it stand what a panel, a
meeting and one audit get (`panels`, `meetings`, `audits`).
"""
