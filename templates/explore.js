'use strict'

/*
 * Weighs a study by the reader's own weights. It loads nothing and sends nothing. Numbers come from #weighing, the form
 * from the template #own-weights; the weights lie in the address, so that a link keeps them.
 */

/**
 * As in src/report/own-weights.ts, which says what they mean.
 * @typedef {{ centres: number[], errors: number[] }} Sides
 * @typedef {Sides & { term: string, solid: boolean, worst?: Sides }} Term
 * @typedef {{ title: string, weights: number[], covered: number | null }} Preset
 * @typedef {{ backends: string[], terms: Term[], band: number, presets: Preset[], start: number }} Weighing
 * @typedef {{ mean: number, sd: number }} Score
 */

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, x) => total + x, 0)
}

/**
 * The terms, of which that of the worst latencies is the mean over the tests, by their weights; over all alike where
 * none has any.
 * @param {Term[]} terms
 * @param {number[]} weights
 * @returns {Term[]}
 */
function settled(terms, weights) {
  const tests = terms.flatMap(({ worst }, i) =>
    worst && weights[i] > 0 ? { ...worst, weight: weights[i] } : [],
  )
  const total = sum(tests.map(({ weight }) => weight))
  if (total === 0) return terms
  return terms.map((term) => {
    if (term.term !== 'latency') return term
    const centres = term.centres.map((_, b) =>
      sum(tests.map((test) => (test.weight / total) * test.centres[b])),
    )
    const errors = term.errors.map((_, b) =>
      Math.hypot(...tests.map((test) => (test.weight / total) * test.errors[b])),
    )
    return { ...term, centres, errors }
  })
}

/**
 * The logarithm of each backend's weighted geometric mean, and its standard error: errors of terms are independent,
 * so their variances add up with the squares of the weights.
 * @param {Weighing} weighing
 * @param {number[]} weights of the terms, not all 0
 * @returns {Score[]}
 */
function scores({ backends, terms }, weights) {
  const total = sum(weights)
  const own = settled(terms, weights)
  return backends.map((_, b) => ({
    mean: sum(own.map(({ centres }, i) => (weights[i] / total) * centres[b])),
    sd: Math.hypot(...own.map(({ errors }, i) => (weights[i] / total) * errors[b])),
  }))
}

/**
 * The normal distribution up to z, within 1.5e-7: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26.
 * @param {number} z
 */
function normalBelow(z) {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const series =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
  const tail = (series * Math.exp(-x * x)) / 2
  return z > 0 ? 1 - tail : tail
}

/**
 * Whether a normal score lies below x: a step where it has no error.
 * @param {Score} score
 * @param {number} x
 */
function below({ mean, sd }, x) {
  if (sd > 0) return normalBelow((x - mean) / sd)
  return x > mean ? 1 : x < mean ? 0 : 0.5
}

/**
 * The chance of each backend to be first, if scores are normal: the integral of its density times the chance that all
 * others lie below, by the trapezoidal rule over 6 standard errors to both sides. Of two it is exact, up to normalBelow:
 * Φ(difference of the means ÷ root of the summed variances).
 * @param {Score[]} found
 * @returns {number[]} they add up to 1
 */
function chances(found) {
  const [a, b] = found
  if (found.length === 2) {
    const first = below({ mean: b.mean - a.mean, sd: Math.hypot(a.sd, b.sd) }, 0)
    return [first, 1 - first]
  }
  const raw = found.map((own) => {
    const others = found.filter((score) => score !== own)
    let chance = 0
    for (let z = -6; z <= 6; z += 0.01) {
      const x = own.mean + z * own.sd
      chance += Math.exp((-z * z) / 2) * others.reduce((product, other) => product * below(other, x), 1)
    }
    return chance
  })
  const total = sum(raw)
  return raw.map((chance) => chance / total)
}

/**
 * `#weights=put_block:40,seeks:25` as weights in the order of the terms; what is not named weighs nothing. Null for
 * every other fragment: nothing of a broken one is believed.
 * @param {string} fragment
 * @param {Term[]} terms
 */
function readWeights(fragment, terms) {
  const list = /^#weights=([a-z_]+(?::|%3A)\d{1,3}(?:(?:,|%2C)[a-z_]+(?::|%3A)\d{1,3})*)$/i.exec(fragment)
  if (!list) return null
  const pairs = list[1].split(/,|%2C/i).map((pair) => pair.split(/:|%3A/i))
  const named = new Map(pairs.map(([term, weight]) => [term, Number(weight)]))
  const known = [...named].every(([term, weight]) => weight <= 100 && terms.some((t) => t.term === term))
  if (named.size < pairs.length || !known) return null
  const weights = terms.map(({ term }) => named.get(term) ?? 0)
  return sum(weights) > 0 ? weights : null
}

/**
 * @param {number[]} weights
 * @param {Term[]} terms
 */
function writeWeights(weights, terms) {
  const named = terms.map(({ term }, i) => `${term}:${weights[i]}`).filter((_, i) => weights[i] > 0)
  return `#weights=${named.join(',')}`
}

/** @param {number} share */
function percent(share) {
  if (share > 0 && share < 0.005) return 'under 1 %'
  if (share < 1 && share > 0.995) return 'over 99 %'
  return `${Math.round(share * 100)} %`
}

/**
 * A ratio with three digits, as everywhere in the article.
 * @param {number} ratio
 */
function factor(ratio) {
  return ratio.toFixed(ratio < 0.1 ? 3 : ratio < 10 ? 2 : ratio < 100 ? 1 : 0)
}

/** @param {number[]} a @param {number[]} b */
function alike(a, b) {
  return a.every((x, i) => x === b[i])
}

/**
 * @param {Weighing} weighing
 * @param {number[]} weights
 * @param {{ title: string, mean: number, chance: number }[]} order
 */
function told({ terms, band, presets }, weights, order) {
  const [first, second] = order
  const ratio = Math.exp(first.mean - second.mean)
  const chance = `its chance to be first is ${percent(first.chance)}`
  const sentences = [
    ratio > band
      ? `By your weights ${first.title} comes first: it scores ${factor(ratio)} times as high as ${second.title}, and ${chance}.`
      : `By your weights ${first.title} comes first, but by no more than ${percent(band - 1)}, which makes no difference in practice; ${chance}.`,
  ]
  if (!terms.some(({ solid }, i) => solid && weights[i] > 0))
    sentences.push('Everything you weigh is suspect on some side, and suspect numbers decide nothing alone.')
  const preset = presets.find((p) => alike(p.weights, weights) && p.covered !== null)
  if (preset?.covered && preset.covered < 100)
    sentences.push(
      `What could be weighed carries ${preset.covered} % of the weight of “${preset.title}”; what is missing may turn the order.`,
    )
  return sentences.join(' ')
}

/** Milliseconds without a change. */
const REST = 400

/**
 * @param {Weighing} weighing
 * @param {HTMLElement} section made from the template, not yet on the page
 */
function explore(weighing, section) {
  const { backends, terms, presets, start } = weighing
  const sliders = [...section.querySelectorAll('input')]
  const outputs = [...section.querySelectorAll('output')]
  const buttons = [.../** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll('.presets button'))]
  const rows = [...section.querySelectorAll('tbody tr')]
  const says = /** @type {HTMLElement} */ (section.querySelector('.says'))
  let weights = [...presets[start].weights]
  let timer = 0

  /** Where the reader's weights lie; those to begin with need no fragment. */
  function address() {
    const plain = alike(weights, presets[start].weights)
    return plain ? location.pathname + location.search : writeWeights(weights, terms)
  }

  /** @returns {string} what is to be said, when the sliders have come to rest */
  function draw() {
    const total = sum(weights)
    for (const [i, slider] of sliders.entries()) {
      const share = percent(total > 0 ? weights[i] / total : 0)
      slider.value = String(weights[i])
      slider.setAttribute('aria-valuetext', `${weights[i]}: ${share} of the weight`)
      outputs[i].value = share
    }
    for (const [i, button] of buttons.entries())
      button.setAttribute('aria-pressed', String(alike(presets[i].weights, weights)))
    for (const row of rows) for (const cell of row.querySelectorAll('td')) cell.textContent = '–'
    if (total === 0) return 'Give at least one of them some weight.'
    const found = scores(weighing, weights)
    const shares = chances(found)
    const order = found
      .map(({ mean }, i) => ({ mean, title: backends[i], chance: shares[i], row: rows[i] }))
      .sort((a, b) => b.mean - a.mean)
    for (const { mean, chance, row } of order) {
      const [pace, first] = row.querySelectorAll('td')
      pace.textContent = mean === order[0].mean ? 'first' : `${factor(Math.exp(mean - order[0].mean))}×`
      first.textContent = percent(chance)
      row.parentElement?.append(row)
    }
    return told(weighing, weights, order)
  }

  /** @param {string} sentences */
  function say(sentences) {
    says.textContent = sentences
    says.removeAttribute('aria-busy')
  }

  /** Shows at once what changed, and tells listeners and the address after a rest. @param {number[]} next */
  function change(next) {
    weights = next
    const sentences = draw()
    clearTimeout(timer)
    says.setAttribute('aria-busy', 'true')
    timer = setTimeout(() => {
      say(sentences)
      const same = alike(weights, history.state?.weights ?? [])
      if (sum(weights) > 0 && !same) history.pushState({ weights }, '', address())
    }, REST)
  }

  /** Weights kept with a place in the history that has another fragment. */
  function kept() {
    const state = history.state?.weights
    return state?.length === terms.length ? state : null
  }

  function restore() {
    clearTimeout(timer)
    weights = readWeights(location.hash, terms) ?? kept() ?? weights
    history.replaceState({ weights }, '')
    say(draw())
  }

  section.addEventListener('input', () => change(sliders.map((slider) => Number(slider.value))))
  for (const [i, button] of buttons.entries())
    button.addEventListener('click', () => change([...presets[i].weights]))
  section.querySelector('.reset')?.addEventListener('click', () => change([...presets[start].weights]))
  addEventListener('popstate', restore)
  restore()
}

const source = document.getElementById('weighing')
const template = document.getElementById('own-weights')
if (source?.textContent && template instanceof HTMLTemplateElement) {
  const section = /** @type {HTMLElement} */ (template.content.firstElementChild)
  const invited = location.hash.startsWith('#weights=') && history.state === null
  explore(JSON.parse(source.textContent), section)
  source.after(section)
  if (invited) section.scrollIntoView()
}
