"""What does time do, and what does the bot say unasked?"""
