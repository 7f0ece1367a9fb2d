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

# A training: $1 is where it goes, the rest are its options.
stage() {
	name=$1; shift
	[ -e $out/$name/model.pt ] || $python training/train.py --data "$data" --cache $cache --out $out/$name "$@"
}
# The mean of the weights of some: $1 is where it goes, the rest are WEIGHT:TRAINING.
mean() {
	name=$1; shift
	[ -e $out/$name/model.pt ] || $python training/mean.py $out/$name/model.pt $(for part; do echo "${part%%:*}:$out/${part#*:}/model.pt"; done)
}

# Some sources are left out of the first trainings. The mean of these says what the recipe is worth, and how sure it
# may be.
stage a --fold "$fold" --seed 1 --epochs 1.6 --rate 8e-5 --own 0 --parents 0.6 --turned 0.3 --case 0.25 --public 500 --emotions 2000
stage b --fold "$fold" --seed 3 --epochs 0.42 --rate 6e-5 --own 6 --turned 0.35 --case 0.3 --public 350 --emotions 1200 --start $out/a/model.pt
stage c --fold "$fold" --seed 5 --epochs 0.22 --rate 5e-5 --own 6 --turned 0.35 --case 0.3 --public 350 --emotions 1200 --start $out/b/model.pt
mean abc 0.25:a 0.3:b 0.45:c
stage d --fold "$fold" --seed 21 --epochs 0.16 --rate 6e-5 --own 5 --often own-E --parents 0.4 --turned 0.4 --case 0.2 --public 100 --emotions 600 --start $out/abc/model.pt
stage h --fold "$fold" --seed 7 --epochs 1.05 --rate 8e-5 --own 4 --parents 0.5 --turned 0.35 --case 0.25 --public 350 --emotions 1200
mean held 0.375:abc 0.375:d 0.25:h
held=$out/held
[ -e $held/held-no-parents.pt ] || $python training/quantised.py --model $held/model.pt --data "$data" --cache $cache --fold "$fold" --out $held
[ -e $held/calibration.json ] || $python training/calibrate.py "$data" "$fold" $held/held.pt $held/held-no-parents.pt --out $held
[ -e $held/reliability.json ] || { go run ./training/reliability < $held/held.jsonl > $held/reliability.new && mv $held/reliability.new $held/reliability.json; }

# The last ones see everything.
stage e --seed 11 --epochs 0.5 --rate 6e-5 --own 5 --parents 0.4 --turned 0.35 --case 0.25 --public 200 --emotions 1000 --smooth 0.12 --start $out/abc/model.pt
mean de 0.5:d 0.5:e
stage f --seed 31 --epochs 0.12 --rate 6e-5 --own 6 --often own-E --parents 0.4 --turned 0.4 --case 0.15 --public 60 --emotions 500 --start $out/de/model.pt
mean df 0.4:d 0.6:f
stage g --seed 61 --epochs 0.2 --rate 5e-5 --news 0.2 --own 3 --often own-E --parents 0.3 --turned 0.4 --case 0.1 --public 30 --emotions 300 --start $out/df/model.pt
mean model 0.25:h 0.25:f 0.5:g
$python training/export.py --model $out/model/model.pt --data "$data" --cache $cache \
	--calibration $held/calibration.json --reliability $held/reliability.json --sure-from "$sure" --out analysis/encoder/model/stance.bin
