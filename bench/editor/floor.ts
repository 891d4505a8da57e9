import type { Page } from '@playwright/test'
import { type Frames, framesWhile, pan } from './frames.ts'

/** Nothing on it; or one small square that a hand moves. */
const pages = {
  empty: '<!doctype html><body style="margin:0"></body>',
  square: `<!doctype html><body style="margin:0;height:100vh">
    <div id="square" style="position:absolute;width:40px;height:40px;background:#305bd6;will-change:transform"></div>
    <script>
      addEventListener('mousemove', ({ clientX, clientY }) => {
        document.getElementById('square').style.transform = 'translate(' + clientX + 'px, ' + clientY + 'px)'
      })
    </script></body>`,
}

export type Floor = { still: Frames; moving: Frames }

/** What frames take in this browser on this machine when the page does next to nothing: below that no page can come. */
export const floorOf = async (page: Page): Promise<Floor> => {
  const middle = { x: 720, y: 450 }
  await page.setContent(pages.empty)
  const still = await framesWhile(page, () => page.waitForTimeout(5_000))
  await page.setContent(pages.square)
  const moving = await framesWhile(page, () => pan(page, middle))
  return { still, moving }
}
