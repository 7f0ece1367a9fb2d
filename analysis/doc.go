// Package analysis turns a thread into judgements and their summary.
//
// A [Pipeline] does, for one thread:
//
//  1. An engine judges the comments together: stance, sentiment and sarcasm, which stay
//     separate outputs.
//  2. text parses the article and the comments for what is found beside the engine: the
//     names, whom the comments speak of, the language, distinctive words.
//  3. aggregate counts the judgements and bounds the shares.
//
// Where a person labelled comments of the thread for this run (Options.Labels), the
// labels stand, the engine learns from them for the rest, and audit corrects the
// shares by them. [Relabel] corrects a stored result by labels given since.
//
// The result is a value; reports prints it. The package opens no file and knows no
// flag. Whatever meets the interfaces of package engine can judge: encoder is what the
// binary holds, llm puts a language model over another engine.
//
// Options.Examine asks for parts of a closer look: other ways of counting (weighting,
// copies), the thread as a thread (structure), distinctive words (keyness), what is talked
// about (topics) and comments that stand for a stance (exemplars). compare sets threads
// against each other, with fdr for its many tests.
//
// The parts are packages of their own: engine, encoder, llm, sentiment, text, language,
// aggregate (counts, shares, intervals), audit (samples to label, corrected shares,
// agreement) and evaluate (measures against annotations).
//
// # Stability
//
// As that of package corpus: what is kept to semantic versioning from v1 on is this package,
// engine, encoder, llm, labels of corpus and the types that a Result holds. What else the
// packages beneath export may change with any version. A context that ends ends the judging
// within a tenth of a second, of whatever thread, unless an engine of one's own takes longer
// to notice.
package analysis
