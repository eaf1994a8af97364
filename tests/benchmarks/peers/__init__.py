"""What else can anyone install, on the same model, with the same time, threads and seed?"""
