"""Does the set-up itself work: the scripts that install, build, guard and start?"""
