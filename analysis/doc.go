// Package analysis turns a thread into judgements and their summary.
//
// A [Pipeline] does, for one thread:
//
//  1. text parses the headline, the article and every comment once.
//  2. A stance engine judges the comments together, a sentiment engine one by one,
//     both on the same parses. Stance and sentiment stay separate outputs.
//  3. aggregate counts the judgements and bounds the shares.
//
// Where a person labelled comments of the thread for this run (Options.Labels), the
// labels stand, the engine learns from them for the rest, and audit corrects the
// shares by them. [Relabel] corrects a stored result by labels given since.
//
// The result is a value; reports prints it. The package opens no file and knows no
// flag. Other engines fit behind [StanceEngine] and [SentimentEngine]; a language model
// judges in the place of the first, comment by comment, where [Options] have one.
//
// Options.Examine asks for parts of a closer look: other ways of counting (weighting,
// copies), the thread as a thread (structure), distinctive words (keyness) and comments
// that stand for a stance (exemplars). compare sets threads against each
// other, with fdr for its many tests.
//
// The parts are packages of their own: text, language, stance, sentiment, linear (the
// trainer and its models), aggregate (counts, shares, intervals), audit (samples
// to label, corrected shares, agreement) and evaluate
// (measures against annotations).
package analysis
