const file = (metadata: object, inside: string, size = 200): string =>
  `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:tb="https://thingsboard.io/svg" viewBox="0 0 ${size} ${size}"><tb:metadata><![CDATA[${JSON.stringify(metadata)}]]></tb:metadata>${inside}</svg>`

const value = (id: string, valueType: string) => ({ id, name: id, type: 'value', valueType })

/** Bindings in place of code: it is drawn in the page. */
export const plainSymbol = file(
  {
    title: 'Silo',
    widgetSizeX: 2,
    widgetSizeY: 2,
    behavior: [value('on', 'BOOLEAN'), value('share', 'DOUBLE')],
    properties: [{ id: 'color', name: 'Colour', type: 'color', default: 'ok' }],
    tags: [
      {
        tag: 'grain',
        bind: { level: { of: 'share', height: 120 }, fill: [{ when: 'on', use: '$color' }, { use: 'off' }] },
      },
      { tag: 'text', bind: { text: { of: 'share', unit: '%' } } },
    ],
  },
  '<defs><clipPath id="in"><rect x="50" y="30" width="100" height="120" rx="10"/></clipPath></defs><rect x="44" y="24" width="112" height="132" rx="14" fill="paint:body" stroke="paint:line" stroke-width="3"/><g clip-path="url(#in)"><rect tb:tag="grain" x="50" y="30" width="100" height="120"/></g><text tb:tag="text" x="100" y="182" text-anchor="middle" font-size="26" fill="paint:ink"/>',
)

/** Code as symbols of ThingsBoard have it: elements of svg.js, remembered state, animations, a click that writes. */
export const codedSymbol = file(
  {
    title: 'Mixer',
    widgetSizeX: 2,
    widgetSizeY: 2,
    stateRenderFunction: 'svg.attr("data-drawn", true)',
    behavior: [
      value('running', 'BOOLEAN'),
      value('speed', 'DOUBLE'),
      value('share', 'DOUBLE'),
      { id: 'start', name: 'start', type: 'action', valueType: 'BOOLEAN' },
    ],
    properties: [
      { id: 'runningColor', name: 'Running', type: 'color', default: '#1C943E' },
      { id: 'level', name: 'Level', type: 'color_settings', default: { type: 'constant', color: '#3f5bd9' } },
    ],
    tags: [
      {
        tag: 'body',
        stateRenderFunction: 'element.fill(ctx.values.running ? ctx.properties.runningColor : "#888")',
        actions: { click: { actionFunction: 'ctx.api.callAction(event, "start", !ctx.values.running)' } },
      },
      {
        tag: 'blades',
        stateRenderFunction:
          'let a = ctx.api.cssAnimation(element); if (ctx.values.running) { if (!a) ctx.api.cssAnimate(element, 2000).rotate(360).loop().speed(ctx.values.speed); else a.speed(ctx.values.speed).play() } else if (a) a.pause()',
      },
      {
        tag: 'level',
        stateRenderFunction:
          'ctx.properties.level.update(ctx.values.share); element.fill(ctx.properties.level.color); ctx.api.cssAnimate(element, 500).attr({ width: ctx.values.share * 1.6 })',
      },
      {
        tag: 'text',
        stateRenderFunction: 'ctx.api.text(element, ctx.api.formatValue(ctx.values.share, 1, "%", true))',
      },
    ],
  },
  '<circle tb:tag="body" cx="100" cy="80" r="66"/><path tb:tag="blades" d="M100 80L92 26h16ZM100 80L92 134h16ZM100 80L46 72v16ZM100 80l54 -8v16Z" fill="#fff"/><rect x="20" y="160" width="160" height="12" rx="6" fill="#8884"/><rect tb:tag="level" x="20" y="160" width="0" height="12" rx="6"/><text tb:tag="text" x="100" y="192" text-anchor="middle" font-size="16" fill="#888"><tspan>-</tspan></text>',
)

/** Scripts, handlers, other documents and addresses: what is left of it is a drawing. */
export const hostileSymbol = file(
  { title: 'Trojan', behavior: [], properties: [], tags: [] },
  '<script>parent.document.title = "taken"</script><rect width="200" height="200" rx="24" fill="#c93a52" onclick="alert(1)" style="background:url(https://evil.example/x)"/><foreignObject width="200" height="200"><iframe src="https://evil.example"/></foreignObject><image href="https://evil.example/x.png" width="9" height="9"/><use href="https://evil.example/x.svg#a"/><a href="javascript:alert(1)"><text x="10" y="100">x</text></a><path d="M60 60L140 140M140 60L60 140" stroke="#fff" stroke-width="18"/>',
)
