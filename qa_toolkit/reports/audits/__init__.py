"""What is written of one audit outside the packs: its workbook, and texts on agreement, traces and a second look."""
