import base from '../../messages/en.json' with { type: 'json' }
import chainCanvas from '../../messages/en/chainCanvas.json' with { type: 'json' }
import chainEditor from '../../messages/en/chainEditor.json' with { type: 'json' }
import chainList from '../../messages/en/chainList.json' with { type: 'json' }
import chainLive from '../../messages/en/chainLive.json' with { type: 'json' }
import chainPanels from '../../messages/en/chainPanels.json' with { type: 'json' }
import chainScripts from '../../messages/en/chainScripts.json' with { type: 'json' }
import chainTesting from '../../messages/en/chainTesting.json' with { type: 'json' }
import chainVersions from '../../messages/en/chainVersions.json' with { type: 'json' }

/** All texts of the console: one file a namespace where a feature has many, the rest together. */
export const messages = {
  ...base,
  chainCanvas,
  chainEditor,
  chainList,
  chainLive,
  chainPanels,
  chainScripts,
  chainTesting,
  chainVersions,
}
