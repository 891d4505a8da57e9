import type { OwnSymbol } from '../../engines/scada/own-symbol.ts'
import { fixed, stateFill } from './behaviors.ts'
import { device, fixture } from './device.ts'
import { flange, metal, outline, stub } from './shapes.ts'

const lamp = (x: number, y: number, r: number): string =>
  `<circle tb:tag="lamp" cx="${x}" cy="${y}" r="${r}" stroke="paint:line" stroke-width="2"/>`
const turning = [fixed('rotationAnimationSpeed', 'Speed of turning', 1)]
const spins = (x: number, y: number, seconds: number) => ({
  spin: { when: 'running', about: [x, y], seconds, speed: 'rotationAnimationSpeed' },
})

/** A wheel of a hand valve, seen from its side. */
const wheel = (x: number, y: number, r: number): string =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="none" stroke="paint:line" stroke-width="${r * 0.42}"/><circle cx="${x}" cy="${y}" r="${r}" fill="none" stroke="paint:danger" stroke-opacity="0.75" stroke-width="${r * 0.24}"/><path d="M${x - r} ${y}h${2 * r}M${x} ${y - r}v${2 * r}" stroke="paint:line" stroke-width="2.5"/>`

/** A vessel that lies, with domed ends. */
const lyingShell = (x: number, y: number, width: number, height: number): string => {
  const r = height * 0.34
  return `M${x + r} ${y}H${x + width - r}C${x + width} ${y} ${x + width} ${y + height} ${x + width - r} ${y + height}H${x + r}C${x} ${y + height} ${x} ${y} ${x + r} ${y}Z`
}

const sightGlass = (x: number, y: number, width: number, height: number): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${height / 2}" fill="paint:hollow" ${outline}/><path d="M${x + 8} ${y + height * 0.56}H${x + width - 8}" stroke="paint:liquid" stroke-width="${height * 0.42}" stroke-linecap="round"/>`

const lyingSeparator = (size: 'small' | 'large', hasPipes: boolean): OwnSymbol => {
  const rows = size === 'small' ? 2 : 3
  const whole = rows * 100
  const [top, height] = [26, whole - 80]
  const middle = top + height / 2
  return device({
    id: `${size}-horizontal-separator${hasPipes ? '-connector' : ''}-hp`,
    title: `${size === 'small' ? 'Small separator' : 'Separator'}, lying${hasPipes ? ', with pipes' : ''}`,
    columns: 5,
    rows,
    bind: { band: { fill: stateFill } },
    drawing: `<defs>${metal('m', 'down')}</defs>${hasPipes ? stub('left', 50, 60, 500) + stub('right', 50, 440, 500) : ''}
      <path d="M108 ${whole - 66}h34l12 50h-58ZM358 ${whole - 66}h34l12 50h-58Z" fill="paint:shade" ${outline}/><path d="M76 ${whole - 12}h348" stroke="paint:deep" stroke-width="10" stroke-linecap="round"/>
      <path d="M150 8h44v24h-44ZM306 8h44v24h-44Z" fill="paint:body" ${outline}/><path d="M142 9h60M298 9h60" stroke="paint:line" stroke-width="9" stroke-linecap="round"/>
      <path d="${lyingShell(24, top, 452, height)}" fill="url(#m)" ${outline}/><path d="M96 ${top + 2}V${top + height - 2}M404 ${top + 2}V${top + height - 2}" stroke="paint:line" stroke-opacity="0.5" stroke-width="3"/>
      <rect tb:tag="band" x="112" y="${top + 12}" width="276" height="9" rx="4.5"/>${sightGlass(168, middle - (rows === 2 ? 4 : 12), 164, rows === 2 ? 34 : 50)}${lamp(66, middle, rows === 2 ? 11 : 15)}`,
    signsAt: [430, top + 20],
    signs: rows === 2 ? 20 : 26,
  })
}

const standingSeparator = (size: 'small' | 'large', hasPipes: boolean): OwnSymbol => {
  const columns = size === 'small' ? 2 : 3
  const whole = columns * 100
  const width = whole - (hasPipes ? 76 : 48)
  const left = (whole - width) / 2
  const r = width * 0.34
  const middle = whole / 2
  return device({
    id: `${size}-vertical-separator${hasPipes ? '-connector' : ''}-hp`,
    title: `${size === 'small' ? 'Small separator' : 'Separator'}, standing${hasPipes ? ', with pipes' : ''}`,
    columns,
    rows: 5,
    bind: { band: { fill: stateFill } },
    drawing: `<defs>${metal('m', 'across')}</defs>${hasPipes ? stub('left', 150, left + 20, whole) + stub('right', 350, whole - left - 20, whole) : ''}
      <path d="M${left + 22} 426l-10 62M${whole - left - 22} 426l10 62" stroke="paint:line" stroke-width="15" stroke-linecap="round"/><path d="M${left + 2} 489h${width - 4}" stroke="paint:deep" stroke-width="11" stroke-linecap="round"/>
      <path d="M${middle - 20} 10h40v36h-40Z" fill="paint:body" ${outline}/><path d="M${middle - 30} 10h60" stroke="paint:line" stroke-width="9" stroke-linecap="round"/>
      <path d="M${left} ${40 + r}C${left} 34 ${whole - left} 34 ${whole - left} ${40 + r}V${440 - r}C${whole - left} 458 ${left} 458 ${left} ${440 - r}Z" fill="url(#m)" ${outline}/>
      <path d="M${left + 2} ${48 + r}H${whole - left - 2}M${left + 2} ${432 - r}H${whole - left - 2}" stroke="paint:line" stroke-opacity="0.5" stroke-width="3"/>
      <rect tb:tag="band" x="${left + 16}" y="128" width="9" height="220" rx="4.5"/><rect x="${middle - 17}" y="166" width="34" height="156" rx="17" fill="paint:hollow" ${outline}/><path d="M${middle} 244V304" stroke="paint:liquid" stroke-width="18" stroke-linecap="round"/>${lamp(middle, 106, 13)}`,
    signsAt: [whole - left - 8, 70],
    signs: 22,
  })
}

const oilPump = device({
  id: 'oil-pump-hp',
  title: 'Oil pump',
  columns: 5,
  rows: 6,
  behavior: turning,
  bind: { crank: { fill: stateFill, ...spins(372, 420, 3) } },
  drawing: `<defs>${metal('m', 'down')}<linearGradient id="n" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="paint:light"/><stop offset="1" stop-color="paint:shade"/></linearGradient></defs>
    <rect x="20" y="552" width="460" height="30" rx="6" fill="paint:deep" ${outline}/><path d="M40 520h44v32H40ZM28 504h68v18H28Z" fill="paint:body" ${outline}/><path d="M62 150V504" stroke="paint:line" stroke-width="6"/>
    <path d="M228 176L160 552M252 176L320 552M206 318H276M186 424H296M172 500H308" fill="none" stroke="paint:line" stroke-width="15" stroke-linecap="round"/><path d="M228 176L160 552M252 176L320 552M206 318H276M186 424H296M172 500H308" fill="none" stroke="paint:body" stroke-width="9" stroke-linecap="round"/>
    <path d="M364 250L372 420" stroke="paint:line" stroke-width="13" stroke-linecap="round"/><path d="M364 250L372 420" stroke="paint:shade" stroke-width="7" stroke-linecap="round"/>
    <rect x="318" y="472" width="150" height="80" rx="8" fill="url(#m)" ${outline}/><path d="M424 492h30M424 508h30M424 524h30" stroke="paint:deep" stroke-width="6" stroke-linecap="round"/>
    <circle cx="372" cy="420" r="62" fill="url(#n)" ${outline}/><g tb:tag="crank"><path d="M358 420V366a14 14 0 0 1 28 0v54ZM340 372a32 32 0 0 1 64 0l-8 18h-48Z" ${outline}/></g><circle cx="372" cy="420" r="15" fill="paint:light" ${outline}/>
    <path d="M84 170L424 210l-4 46L84 208Z" fill="url(#m)" ${outline}/><path d="M96 138C50 150 40 210 52 262l34-6C84 226 92 200 112 194Z" fill="paint:accent" fill-opacity="0.75" ${outline}/><circle cx="240" cy="198" r="20" fill="paint:deep" ${outline}/>${lamp(344, 526, 12)}`,
  signsAt: [440, 90],
  signs: 34,
})

const wellhead = device({
  id: 'gas-wellhead-hp',
  title: 'Gas wellhead',
  columns: 4,
  rows: 5,
  drawing: `<defs>${metal('m', 'across')}</defs>${stub('left', 150, 170, 400)}${stub('right', 150, 230, 400)}<rect x="168" y="40" width="64" height="420" rx="8" fill="url(#m)" ${outline}/>
    ${[62, 210, 300, 390].map((y) => `<rect x="142" y="${y}" width="116" height="18" rx="4" fill="paint:body" ${outline}/>`).join('')}<path d="M130 104h140v92H130Z" fill="url(#m)" ${outline}/><path d="M120 458h160v30H120Z" fill="paint:deep" ${outline}/>
    <rect x="70" y="118" width="46" height="64" rx="6" fill="paint:body" ${outline}/><rect x="284" y="118" width="46" height="64" rx="6" fill="paint:body" ${outline}/><path d="M93 118V84M307 118V84M232 262h42M168 348h-42" stroke="paint:line" stroke-width="8"/>
    ${wheel(93, 66, 19)}${wheel(307, 66, 19)}${wheel(292, 262, 20)}${wheel(108, 348, 20)}<path d="M180 12h40l10 30h-60Z" fill="paint:shade" ${outline}/>${lamp(200, 150, 20)}`,
  signsAt: [356, 220],
  signs: 28,
})

const ram = (x: number, width: number): string =>
  `<rect x="${x}" y="30" width="${width}" height="40" rx="6" fill="paint:body" ${outline}/><path d="M${x + width * 0.3} 32v36M${x + width * 0.7} 32v36" stroke="paint:line" stroke-width="2.5"/>`

const preventer = device({
  id: 'preventer-hp',
  title: 'Blow-out preventer',
  columns: 2,
  rows: 1,
  drawing: `<defs>${metal('m', 'across')}</defs>${ram(6, 60)}${ram(134, 60)}<rect x="62" y="18" width="76" height="64" rx="9" fill="url(#m)" ${outline}/><path d="M54 6h92v14H54ZM54 80h92v14H54Z" fill="paint:shade" ${outline}/>${lamp(100, 50, 12)}`,
  signsAt: [180, 20],
  signs: 14,
})

const gasPreventer = device({
  id: 'gas-preventer-hp',
  title: 'Gas blow-out preventer',
  columns: 1,
  rows: 1,
  drawing: `<defs>${metal('m', 'across')}</defs><path d="M22 20C8 34 8 66 22 80H78C92 66 92 34 78 20Z" fill="url(#m)" ${outline}/><path d="M14 6h72v14H14ZM14 80h72v14H14Z" fill="paint:shade" ${outline}/><path d="M26 36h48M26 64h48" stroke="paint:deep" stroke-width="4" stroke-linecap="round"/>${lamp(50, 50, 10)}`,
  signsAt: [84, 20],
  signs: 12,
})

const rotaryTable = device({
  id: 'rotor-hp',
  title: 'Rotary table',
  columns: 2,
  rows: 1,
  bind: { ring: { fill: stateFill }, marks: { show: 'running', flow: { when: 'running', dash: 28 } } },
  drawing: `<defs>${metal('m', 'down')}</defs><path d="M12 66h176v26H12Z" fill="paint:deep" ${outline}/><path d="M26 40h148l10 28H16Z" fill="url(#m)" ${outline}/><ellipse cx="100" cy="38" rx="70" ry="20" fill="paint:light" ${outline}/><ellipse tb:tag="ring" cx="100" cy="37" rx="48" ry="12" ${outline}/><ellipse cx="100" cy="37" rx="22" ry="6" fill="paint:deep"/>
    <path tb:tag="marks" d="M34 54Q100 78 166 54" fill="none" stroke="paint:surface" stroke-width="4" stroke-dasharray="8 20"/>${lamp(170, 80, 7)}`,
  signsAt: [178, 20],
  signs: 14,
})

const drill = device({
  id: 'drill-hp',
  title: 'Drill bit',
  columns: 1,
  rows: 1,
  bind: { flutes: { flow: { when: 'running', dash: 16 } } },
  drawing: `<defs>${metal('m', 'across')}</defs><rect x="36" y="0" width="28" height="30" fill="url(#m)" ${outline}/><path d="M28 28h44l4 34L62 84Q50 98 38 84L24 62Z" fill="url(#m)" ${outline}/><path tb:tag="flutes" d="M34 34L66 50M28 52L72 72" stroke="paint:deep" stroke-width="6" stroke-dasharray="9 7" fill="none"/><path d="M34 76l8 14M50 78v16M66 76l-8 14" stroke="paint:line" stroke-width="4" stroke-linecap="round"/>${lamp(50, 16, 7)}`,
  signsAt: [82, 22],
  signs: 13,
})

const drillingLine = device({
  id: 'drilling-line-hp',
  title: 'Drilling line',
  columns: 1,
  rows: 2,
  bind: { moving: { show: 'running', flow: { when: 'running', dash: 20 } } },
  drawing: `<path d="M32 0V200M50 0V200M68 0V200" stroke="paint:wire" stroke-width="5"/><path tb:tag="moving" d="M32 0V200M50 200V0M68 0V200" stroke="paint:flow" stroke-width="3" stroke-dasharray="8 12" fill="none"/>${lamp(50, 100, 11)}`,
  signsAt: [80, 28],
  signs: 14,
})

const hook = fixture({
  id: 'hook-hp',
  title: 'Travelling block with hook',
  columns: 1,
  rows: 2,
  drawing: `<defs>${metal('m', 'across')}</defs><path d="M32 0V30M50 0V30M68 0V30" stroke="paint:wire" stroke-width="5"/><path d="M24 26h52q10 0 10 12l-6 62q-2 12-14 12H34q-12 0-14-12l-6-62q0-12 10-12Z" fill="url(#m)" ${outline}/><circle cx="50" cy="58" r="22" fill="paint:shade" ${outline}/><circle cx="50" cy="58" r="6" fill="paint:deep"/>
    <path d="M50 112v24" stroke="paint:line" stroke-width="14"/><path d="M50 134c26 0 34 44 4 50c-22 4-32-14-28-30" fill="none" stroke="paint:line" stroke-width="17" stroke-linecap="round"/><path d="M50 134c26 0 34 44 4 50c-22 4-32-14-28-30" fill="none" stroke="paint:body" stroke-width="11" stroke-linecap="round"/>`,
  signsAt: [82, 20],
  signs: 14,
})

const drawworks = device({
  id: 'drawwork-hp',
  title: 'Drawworks',
  columns: 3,
  rows: 2,
  behavior: turning,
  bind: { drum: { ...spins(112, 92, 2.4) } },
  drawing: `<defs>${metal('m', 'down')}</defs><path d="M172 40L292 4" stroke="paint:wire" stroke-width="5"/><rect x="14" y="164" width="272" height="26" rx="6" fill="paint:deep" ${outline}/><path d="M52 92L26 166H198L172 92Z" fill="paint:shade" ${outline}/>
    <circle cx="112" cy="92" r="78" fill="url(#m)" ${outline}/><circle cx="112" cy="92" r="52" fill="none" stroke="paint:wire" stroke-width="20" stroke-dasharray="3 3"/><g tb:tag="drum"><path d="M112 24V160M44 92H180M64 44L160 140M160 44L64 140" stroke="paint:line" stroke-width="7" stroke-linecap="round"/></g><circle cx="112" cy="92" r="22" fill="paint:light" ${outline}/>
    <rect x="204" y="84" width="78" height="82" rx="9" fill="url(#m)" ${outline}/><path d="M218 138h50M218 152h50" stroke="paint:deep" stroke-width="5" stroke-linecap="round"/>${lamp(243, 110, 13)}`,
  signsAt: [262, 52],
  signs: 21,
})

/** Lattice between two slanted legs. */
const frame = (
  left: readonly [number, number],
  right: readonly [number, number],
  top: number,
  bottom: number,
  levels: number,
) => {
  const between = ([upper, lower]: readonly [number, number], share: number) => upper + (lower - upper) * share
  const cells = Array.from({ length: levels }, (_, index) => {
    const [from, to] = [index / levels, (index + 1) / levels]
    const [y1, y2] = [top + (bottom - top) * from, top + (bottom - top) * to]
    return `M${between(left, from)} ${y1}L${between(right, to)} ${y2}M${between(right, from)} ${y1}L${between(left, to)} ${y2}M${between(left, to)} ${y2}H${between(right, to)}`
  }).join('')
  return `<path d="${cells}" fill="none" stroke="paint:shade" stroke-width="5"/><path d="M${left[0]} ${top}L${left[1]} ${bottom}M${right[0]} ${top}L${right[1]} ${bottom}" fill="none" stroke="paint:line" stroke-width="12" stroke-linecap="round"/>`
}

const rig = device({
  id: 'drilling-rig-hp',
  title: 'Drilling rig',
  columns: 4,
  rows: 9,
  bind: { rope: { show: 'running', flow: { when: 'running', dash: 24 } } },
  drawing: `<defs>${metal('m', 'across')}</defs><path d="M200 70V330" stroke="paint:wire" stroke-width="7"/><path tb:tag="rope" d="M200 70V330" stroke="paint:flow" stroke-width="4" stroke-dasharray="12 12" fill="none"/>
    ${frame([160, 62], [240, 338], 66, 700, 8)}<rect x="140" y="36" width="120" height="34" rx="6" fill="url(#m)" ${outline}/><circle cx="200" cy="24" r="18" fill="paint:shade" ${outline}/>
    <rect x="166" y="326" width="68" height="86" rx="12" fill="url(#m)" ${outline}/><circle cx="200" cy="360" r="21" fill="paint:shade" ${outline}/><path d="M200 412V700" stroke="paint:line" stroke-width="15"/><path d="M200 412V700" stroke="paint:body" stroke-width="9"/>
    <rect x="20" y="696" width="360" height="30" rx="5" fill="paint:body" ${outline}/><path d="M60 726V872M340 726V872M60 872L140 726M340 872L260 726" stroke="paint:line" stroke-width="13" fill="none" stroke-linecap="round"/><rect x="12" y="868" width="376" height="24" rx="6" fill="paint:deep" ${outline}/>
    <path d="M172 726h56v142h-56Z" fill="url(#m)" ${outline}/><rect x="296" y="640" width="78" height="56" rx="6" fill="paint:body" ${outline}/><path d="M308 654h54v20h-54Z" fill="paint:hollow" ${outline}/>${lamp(200, 790, 19)}`,
  signsAt: [348, 96],
  signs: 34,
})

const crane = device({
  id: 'crane-hp',
  title: 'Crane',
  columns: 5,
  rows: 6,
  bind: { rope: { show: 'running', flow: { when: 'running', dash: 24 } } },
  drawing: `<defs>${metal('m', 'down')}</defs><rect x="40" y="560" width="230" height="28" rx="6" fill="paint:deep" ${outline}/>${frame([116, 108], [192, 200], 150, 560, 5)}
    <g fill="none"><path d="M30 122H470M70 92H440M70 92l-40 30M96 122l26-30l26 30l26-30l26 30l26-30l26 30l26-30l26 30l26-30l26 30l26-30l26 30M440 92l30 30" stroke="paint:shade" stroke-width="5"/><path d="M30 124H470" stroke="paint:line" stroke-width="10" stroke-linecap="round"/></g>
    <path d="M154 18L74 92M154 18L420 92" stroke="paint:wire" stroke-width="4"/><path d="M154 14V92" stroke="paint:line" stroke-width="12" stroke-linecap="round"/><rect x="24" y="126" width="64" height="56" rx="5" fill="paint:deep" ${outline}/>
    <rect x="110" y="130" width="90" height="70" rx="9" fill="url(#m)" ${outline}/><path d="M156 144h32v30h-32Z" fill="paint:hollow" ${outline}/>${lamp(132, 164, 13)}
    <rect x="384" y="124" width="48" height="20" rx="5" fill="paint:body" ${outline}/><path d="M408 144V330" stroke="paint:wire" stroke-width="5"/><path tb:tag="rope" d="M408 144V330" stroke="paint:flow" stroke-width="3" stroke-dasharray="12 12" fill="none"/><path d="M408 330v18c24 4 20 36-4 34c-12-2-16-10-14-18" fill="none" stroke="paint:line" stroke-width="9" stroke-linecap="round"/>`,
  signsAt: [450, 50],
  signs: 32,
})

const platform = fixture({
  id: 'platform-hp',
  title: 'Platform',
  columns: 6,
  rows: 3,
  drawing: `<defs>${metal('m', 'down')}</defs><path d="M28 18V76M146 18V76M264 18V76M336 18V76M454 18V76M572 18V76M28 22H572M28 48H572" stroke="paint:line" stroke-width="5" fill="none"/><rect x="8" y="74" width="584" height="34" rx="5" fill="url(#m)" ${outline}/>
    <path d="M40 108L120 270M40 270L120 108M160 108L240 270M160 270L240 108M360 108L440 270M360 270L440 108M480 108L560 270M480 270L560 108" stroke="paint:shade" stroke-width="7" fill="none"/><path d="M40 108V276M120 108V276M160 108V276M240 108V276M360 108V276M440 108V276M480 108V276M560 108V276" stroke="paint:line" stroke-width="13" fill="none"/>
    <path d="M20 282H580" stroke="paint:deep" stroke-width="16" stroke-linecap="round"/>`,
  signsAt: [562, 52],
  signs: 26,
})

const turbine = device({
  id: 'turbine-hp',
  title: 'Turbine',
  columns: 4,
  rows: 2,
  behavior: turning,
  bind: { blades: { fill: stateFill, ...spins(312, 100, 1.6) } },
  drawing: `<defs>${metal('m', 'down')}</defs><path d="M0 88h60v24H0ZM352 88h48v24h-48Z" fill="url(#m)" ${outline}/><path d="M70 172h52v20H70ZM270 172h84v20h-84Z" fill="paint:deep" ${outline}/><path d="M50 66L230 20V180L50 134Z" fill="url(#m)" ${outline}/><path d="M98 56V144M146 44V156M190 32V168" stroke="paint:line" stroke-opacity="0.6" stroke-width="4"/>
    <circle cx="312" cy="100" r="80" fill="url(#m)" ${outline}/><circle cx="312" cy="100" r="62" fill="paint:hollow" ${outline}/><g tb:tag="blades" stroke="paint:surface" stroke-width="1.5">${Array.from({ length: 8 }, (_, index) => `<path transform="rotate(${index * 45} 312 100)" d="M308 92C300 74 302 56 314 44C320 58 320 76 316 92Z"/>`).join('')}</g><circle cx="312" cy="100" r="15" fill="paint:light" ${outline}/>${flange(0, 100, 'left')}${lamp(78, 100, 12)}`,
  signsAt: [372, 30],
  signs: 22,
})

export const wells: readonly OwnSymbol[] = [
  ...(['small', 'large'] as const).flatMap((size) =>
    [false, true].flatMap((hasPipes) => [lyingSeparator(size, hasPipes), standingSeparator(size, hasPipes)]),
  ),
  oilPump,
  wellhead,
  preventer,
  gasPreventer,
  rotaryTable,
  drill,
  drillingLine,
  hook,
  drawworks,
  rig,
  crane,
  platform,
  turbine,
]
