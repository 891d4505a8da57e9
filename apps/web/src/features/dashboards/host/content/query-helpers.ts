/**
 * The few calls of `$` that scripts of files make on the elements of their own markup: program text for the document that
 * they run in.
 */
export const queryHelpers = String.raw`const select = (what, within) => {
  if (what === null || what === undefined) return []
  if (typeof what === 'object' && typeof what.toArray === 'function') return what.toArray()
  if (typeof what !== 'string') return what.length === undefined || what.nodeType || what === window ? [what] : [...what]
  if (/^\s*</.test(what)) {
    const box = document.createElement('template')
    box.innerHTML = what.trim()
    return [...box.content.childNodes]
  }
  const roots = within ? select(within) : [document]
  return [...new Set(roots.flatMap((root) => [...root.querySelectorAll(what)]))]
}
const withUnit = (name, value) => (typeof value === 'number' && !/opacity|index|weight|flex|order|zoom|lineHeight/i.test(name) ? value + 'px' : String(value))
const wrap = (elements) => {
  const each = (work) => { elements.forEach(work); return self }
  const first = elements[0]
  const classes = (names) => String(names || '').split(/\s+/).filter(Boolean)
  const self = Object.assign(Object.create(null), {
    length: elements.length,
    toArray: () => [...elements],
    get: (at) => (at === undefined ? [...elements] : elements[at]),
    eq: (at) => wrap(elements.slice(at, at + 1)),
    first: () => wrap(elements.slice(0, 1)),
    each: (work) => each((one, at) => work.call(one, at, one)),
    find: (what) => wrap(select(what, elements)),
    closest: (what) => wrap([...new Set(elements.flatMap((one) => (one.closest && one.closest(what)) || []))]),
    parent: () => wrap([...new Set(elements.flatMap((one) => one.parentElement || []))]),
    children: (what) => wrap(elements.flatMap((one) => [...one.children].filter((child) => !what || child.matches(what)))),
    text: (value) => (value === undefined ? elements.map((one) => one.textContent).join('') : each((one) => { one.textContent = value })),
    html: (value) => (value === undefined ? first && first.innerHTML : each((one) => { one.innerHTML = value })),
    val: (value) => (value === undefined ? first && first.value : each((one) => { one.value = value })),
    attr: (name, value) => (value === undefined ? (first && first.getAttribute(name)) || undefined : each((one) => one.setAttribute(name, value))),
    removeAttr: (name) => each((one) => one.removeAttribute(name)),
    prop: (name, value) => (value === undefined ? first && first[name] : each((one) => { one[name] = value })),
    data: (name) => (first && first.dataset ? first.dataset[String(name).replace(/-(\w)/g, (_, letter) => letter.toUpperCase())] : undefined),
    css: (name, value) => {
      if (typeof name === 'object') return each((one) => { for (const [key, given] of Object.entries(name)) one.style.setProperty(key.replace(/[A-Z]/g, '-$&').toLowerCase(), withUnit(key, given)) })
      const property = String(name).replace(/[A-Z]/g, '-$&').toLowerCase()
      return value === undefined ? first && getComputedStyle(first).getPropertyValue(property) : each((one) => one.style.setProperty(property, withUnit(name, value)))
    },
    addClass: (names) => each((one) => one.classList.add(...classes(names))),
    removeClass: (names) => each((one) => one.classList.remove(...classes(names))),
    toggleClass: (name, isOn) => each((one) => one.classList.toggle(name, isOn)),
    hasClass: (name) => elements.some((one) => one.classList && one.classList.contains(name)),
    show: () => each((one) => { one.style.display = '' }),
    hide: () => each((one) => { one.style.display = 'none' }),
    append: (what) => each((one) => one.append(...(typeof what === 'string' && !/^\s*</.test(what) ? [what] : select(what)))),
    empty: () => each((one) => one.replaceChildren()),
    remove: () => each((one) => one.remove()),
    on: (names, listener) => each((one) => { for (const name of classes(names)) one.addEventListener(name, listener) }),
    off: (names, listener) => each((one) => { for (const name of classes(names)) one.removeEventListener(name, listener) }),
    click: (listener) => each((one) => (listener ? one.addEventListener('click', listener) : one.click())),
    ready: (work) => { whenReady(work); return self },
    width: () => (first === window ? innerWidth : first ? first.getBoundingClientRect().width : 0),
    height: () => (first === window ? innerHeight : first ? first.getBoundingClientRect().height : 0),
    offset: () => { const box = first ? first.getBoundingClientRect() : { left: 0, top: 0 }; return { left: box.left + scrollX, top: box.top + scrollY } },
  })
  elements.forEach((one, at) => { self[at] = one })
  return self
}
const whenReady = (work) => (document.readyState === 'loading' ? addEventListener('DOMContentLoaded', () => work(window.$)) : work(window.$))
window.$ = (what, within) => {
  if (typeof what === 'function') return whenReady(what)
  return wrap(select(what, within))
}
window.jQuery = window.$`
