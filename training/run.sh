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
half=
! grep -qE 'amx_bf16|avx512_bf16' /proc/cpuinfo 2>/dev/null || half=--half

# A training: $1 is where it goes, the rest are its options.
stage() {
	name=$1; shift
	[ -e $out/$name/model.pt ] || $python training/train.py --data "$data" --cache $cache --out $out/$name $half \
		--taught training/teacher.npz --trust 0.6 --turned 0.1 --parents 0.5 --case 0.2 "$@"
}
# A student of the teacher: from the base, then with more of our own threads, and with mostly these; the mean of the last
# two. $1 is where it goes, the rest are options of each training.
student() {
	to=$1; shift
	stage $to-long --seed 3 --epochs 2.2 --rate 1e-4 --own 1 --public 150 --emotions 600 "$@"
	stage $to-more --seed 19 --epochs 0.25 --rate 6e-5 --news 0.6 --unlabelled 0.6 --own 2 --often own-E --public 60 --emotions 300 --start $out/$to-long/model.pt "$@"
	stage $to-own --seed 17 --epochs 0.3 --rate 6e-5 --news 0.2 --unlabelled 0.2 --own 3 --often own-E --public 30 --emotions 200 --start $out/$to-long/model.pt "$@"
	[ -e $out/$to/model.pt ] || $python training/mean.py $out/$to/model.pt 0.65:$out/$to-more/model.pt 0.35:$out/$to-own/model.pt
}

# Some sources are left out at first: what the recipe is worth, and how sure it may be.
student held --fold "$fold"
held=$out/held
[ -e $held/held-no-parents.pt ] || $python training/quantised.py --model $held/model.pt --data "$data" --cache $cache --fold "$fold" --out $held
[ -e $held/calibration.json ] || $python training/calibrate.py "$data" "$fold" $held/held.pt $held/held-no-parents.pt --out $held
[ -e $held/reliability.json ] || { go run ./training/reliability < $held/held.jsonl > $held/reliability.new && mv $held/reliability.new $held/reliability.json; }

# The file of a model: $1 is the model, $2 the file.
written() {
	$python training/export.py --model "$1" --data "$data" --cache $cache --calibration $held/calibration.json --reliability $held/reliability.json --sure-from "$sure" --out "$2"
}
# With this one `make results HELD=training/out/held` measures shares and labels; the program's sees everything.
[ -e $held/model.bin ] || written $held/model.pt $held/model.bin
student model
written $out/model/model.pt analysis/encoder/model/stance.bin
