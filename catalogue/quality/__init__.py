"""What a careful colleague would notice: doubts before saving, likely duplicates, what to mend."""
