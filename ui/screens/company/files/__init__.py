"""資料 of 企業カルテ: photos and files of one company."""
