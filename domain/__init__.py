"""What is true of OKRs, check-ins and recognition? Pure rules and values; imports nothing of ours."""
