// @ts-check

/**
 * What the page itself hears and plays, to show the agent that a device works. Calls are in the CCP's frame, and browsers give
 * each site ids of its own: a device is known here by its label.
 */
export class Sound {
  /** The microphone that is heard. @type {MediaStream | undefined} */
  #stream;
  /** @type {AudioContext | undefined} */
  #context;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  /** Which listening is the newest. */
  #turn = 0;
  /** The tone that is played. @type {HTMLAudioElement | undefined} */
  #tone;

  /**
   * Tells how loud a microphone is, until something else is listened to, or `close()`.
   *
   * @param {string | undefined} label undefined: the default one
   * @param {(level: number) => void} heard gets 0 to 1, ten times a second
   * @returns {Promise<boolean>} whether it could be opened
   */
  async listen(label, heard) {
    this.#silence();
    const turn = ++this.#turn;
    try {
      const id = await idOf("audioinput", label);
      const audio = id ? { deviceId: { exact: id } } : true;
      const stream = await navigator.mediaDevices.getUserMedia({ audio });
      if (turn !== this.#turn) {
        stop(stream);
        return true;
      }
      this.#stream = stream;
      const context = this.#opened();
      const analyser = new AnalyserNode(context, { fftSize: 1024 });
      context.createMediaStreamSource(stream).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      this.#timer = setInterval(() => {
        analyser.getFloatTimeDomainData(samples);
        heard(levelOf(samples));
      }, 100);
      return true;
    } catch {
      return false;
    }
  }

  /** Plays two short tones. @param {string | undefined} label of the speaker; undefined: the default one */
  async play(label) {
    try {
      const context = this.#opened();
      const target = context.createMediaStreamDestination();
      const gain = new GainNode(context, { gain: 0 });
      const tone = new OscillatorNode(context, { frequency: 660 });
      const from = context.currentTime + 0.1;
      for (const at of [from, from + 0.35]) {
        gain.gain.setTargetAtTime(0.25, at, 0.01);
        gain.gain.setTargetAtTime(0, at + 0.2, 0.02);
      }
      tone.connect(gain).connect(target);
      const player = new Audio();
      const id = await idOf("audiooutput", label);
      if (id) await player.setSinkId?.(id);
      player.srcObject = target.stream;
      this.#tone?.pause();
      this.#tone = player;
      await player.play();
      tone.start();
      tone.stop(from + 0.8);
      tone.onended = () => player.pause();
    } catch {
      // The page may not play there; nothing is heard, and that is what the agent tests.
    }
  }

  /** Lets go of everything. */
  close() {
    this.#turn += 1;
    this.#silence();
    this.#tone?.pause();
    this.#tone = undefined;
    this.#context?.close();
    this.#context = undefined;
  }

  #opened() {
    this.#context ??= new AudioContext();
    void this.#context.resume();
    return this.#context;
  }

  #silence() {
    clearInterval(this.#timer);
    if (this.#stream) stop(this.#stream);
    this.#stream = undefined;
  }
}

/** @param {MediaStream} stream */
function stop(stream) {
  for (const track of stream.getTracks()) track.stop();
}

/** @param {MediaDeviceKind} kind @param {string | undefined} label */
async function idOf(kind, label) {
  if (!label) return undefined;
  const all = await navigator.mediaDevices.enumerateDevices();
  return all.find((one) => one.kind === kind && one.label === label)?.deviceId;
}

/** As loud as it sounds: from -60 dB, which is silence, to 0. @param {Float32Array} samples */
function levelOf(samples) {
  const power = samples.reduce((sum, one) => sum + one * one, 0);
  const decibels = 10 * Math.log10(power / samples.length || 1e-9);
  return Math.min(1, Math.max(0, 1 + decibels / 60));
}
