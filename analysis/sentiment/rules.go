package sentiment

// rules are the numbers of the engine. Those that say how much a rule weighs are
// round and come from the literature where it has one; annotated comments can't
// tell them from their neighbours, macro-F1 moves by less than 0.01 for any of
// them. Only the two bounds were fitted, on annotated news comments in five folds
// by thread, where the folds chose a lower bound of -0.05 or -0.1 and an upper one of
// 0.25 or 0.35. They are uneven because readers praise seldom: most words of praise in
// a comment are asides.
type rules struct {
	// negatedPositive and negatedNegative are what is left of a word under
	// negation. Negated praise is blame, somewhat weaker; a negated bad word is
	// seldom praise (Kiritchenko and Mohammad, The Effect of Negators, Modals, and
	// Degree Adverbs on Sentiment Composition, 2016).
	negatedPositive, negatedNegative float64
	// beforeContrast and afterContrast weigh the sides of "but" (VADER's values).
	beforeContrast, afterContrast float64
	// condition weighs a clause that begins with "if": what might be is hardly
	// felt (the irrealis rule of Taboada et al., 2011).
	condition float64
	// question weighs a sentence that asks.
	question float64
	// stress is for capitals and long-drawn words.
	stress float64
	// exclamation is what each of the first three exclamation marks adds.
	exclamation float64
	// negativeBelow and positiveAbove bound the valence of the neutral.
	negativeBelow, positiveAbove float64
}

func defaultRules() rules {
	return rules{
		negatedPositive: -0.7,
		negatedNegative: -0.2,
		beforeContrast:  0.5,
		afterContrast:   1.5,
		condition:       0.5,
		question:        0.7,
		stress:          1.25,
		exclamation:     0.1,
		negativeBelow:   -0.05,
		positiveAbove:   0.25,
	}
}
