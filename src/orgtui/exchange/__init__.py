"""How a real department gets in: files of other programs are read, rosters and organisations made of them."""
