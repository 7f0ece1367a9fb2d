#!/bin/sh
# Make the program's model from the labelled data: training/run.sh DATA
# Every step is skipped where its result exists, and a training that was stopped goes on where it was; remove
# training/out to begin anew. FOLD, the sources left out to measure with, and SURE, the probability of the label shown
# below which a decision is unsure, may be set.
set -eu
cd "$(dirname "$0")/.."
data=${1:?usage: training/run.sh DATA}
fold=${FOLD:-1/4} sure=${SURE:-0.4}
out=training/out cache=training/cache

if [ ! -e $out/venv/ready ]; then
	python3 -m venv $out/venv
	$out/venv/bin/pip install -q --require-hashes -r training/requirements.txt
	touch $out/venv/ready
fi
python=$out/venv/bin/python

# Three trainings, each from where the one before ended, and the mean of their weights. $1 is where they go, the rest
# are options of all of them.
model() {
	to=$1; shift
	stage() {
		name=$1; shift
		[ -e $to/$name/model.pt ] || $python training/train.py --data "$data" --cache $cache --out $to/$name "$@"
	}
	stage a --seed 1 --epochs 1.6 --rate 8e-5 --own 0 --parents 0.6 --turned 0.3 --case 0.25 --public 500 --emotions 2000 "$@"
	stage b --seed 3 --epochs 0.42 --rate 6e-5 --own 6 --turned 0.35 --case 0.3 --public 350 --emotions 1200 --start $to/a/model.pt "$@"
	stage c --seed 5 --epochs 0.22 --rate 5e-5 --own 6 --turned 0.35 --case 0.3 --public 350 --emotions 1200 --start $to/b/model.pt "$@"
	[ -e $to/model.pt ] || $python training/mean.py $to/model.pt 0.25:$to/a/model.pt 0.3:$to/b/model.pt 0.45:$to/c/model.pt
}

# One that hasn't seen some sources says what the recipe is worth, and how sure it may be.
held=$out/held
model $held --fold "$fold"
[ -e $held/held-no-parents.pt ] || $python training/quantised.py --model $held/model.pt --data "$data" --cache $cache --fold "$fold" --out $held
[ -e $held/calibration.json ] || $python training/calibrate.py "$data" "$fold" $held/held.pt $held/held-no-parents.pt --out $held
[ -e $held/reliability.json ] || { go run ./training/reliability < $held/held.jsonl > $held/reliability.new && mv $held/reliability.new $held/reliability.json; }

# The model itself is trained on everything.
model $out/all
$python training/export.py --model $out/all/model.pt --data "$data" --cache $cache \
	--calibration $held/calibration.json --reliability $held/reliability.json --sure-from "$sure" --out analysis/encoder/model/stance.bin
