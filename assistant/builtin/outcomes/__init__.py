"""Goals and what became of them: outcomes, scores, grades, shortfalls (目标、完成、得分、等级)."""
