import base from '../../messages/en.json' with { type: 'json' }
import alarmFields from '../../messages/en/alarmFields.json' with { type: 'json' }
import board from '../../messages/en/board.json' with { type: 'json' }
import boardData from '../../messages/en/boardData.json' with { type: 'json' }
import boardWindow from '../../messages/en/boardWindow.json' with { type: 'json' }
import chainCanvas from '../../messages/en/chainCanvas.json' with { type: 'json' }
import chainEditor from '../../messages/en/chainEditor.json' with { type: 'json' }
import chainList from '../../messages/en/chainList.json' with { type: 'json' }
import chainLive from '../../messages/en/chainLive.json' with { type: 'json' }
import chainPanels from '../../messages/en/chainPanels.json' with { type: 'json' }
import chainScripts from '../../messages/en/chainScripts.json' with { type: 'json' }
import chainTesting from '../../messages/en/chainTesting.json' with { type: 'json' }
import chainVersions from '../../messages/en/chainVersions.json' with { type: 'json' }
import dashboardEditor from '../../messages/en/dashboardEditor.json' with { type: 'json' }
import dashboardManagers from '../../messages/en/dashboardManagers.json' with { type: 'json' }
import dashboardPanel from '../../messages/en/dashboardPanel.json' with { type: 'json' }
import dashboardStructure from '../../messages/en/dashboardStructure.json' with { type: 'json' }
import dashboardFiles from '../../messages/en/dashboardFiles.json' with { type: 'json' }
import dashboardLibrary from '../../messages/en/dashboardLibrary.json' with { type: 'json' }
import dashboardList from '../../messages/en/dashboardList.json' with { type: 'json' }
import dashboardSharing from '../../messages/en/dashboardSharing.json' with { type: 'json' }
import dashboardTemplates from '../../messages/en/dashboardTemplates.json' with { type: 'json' }
import dashboardOverlay from '../../messages/en/dashboardOverlay.json' with { type: 'json' }
import dashboardVisibility from '../../messages/en/dashboardVisibility.json' with { type: 'json' }
import dashboardCompare from '../../messages/en/dashboardCompare.json' with { type: 'json' }
import dashboardExport from '../../messages/en/dashboardExport.json' with { type: 'json' }
import drafts from '../../messages/en/drafts.json' with { type: 'json' }
import gallery from '../../messages/en/gallery.json' with { type: 'json' }
import mapLayers from '../../messages/en/mapLayers.json' with { type: 'json' }
import pictures from '../../messages/en/pictures.json' with { type: 'json' }
import sandbox from '../../messages/en/sandbox.json' with { type: 'json' }
import symbolForm from '../../messages/en/symbolForm.json' with { type: 'json' }
import timeTravel from '../../messages/en/timeTravel.json' with { type: 'json' }
import visualise from '../../messages/en/visualise.json' with { type: 'json' }

/** All texts of the console: one file a namespace where a feature has many, the rest together. */
export const messages = {
  ...base,
  alarmFields,
  board,
  boardData,
  boardWindow,
  chainCanvas,
  chainEditor,
  chainList,
  chainLive,
  chainPanels,
  chainScripts,
  chainTesting,
  chainVersions,
  dashboardEditor,
  dashboardFiles,
  dashboardLibrary,
  dashboardManagers,
  dashboardPanel,
  dashboardStructure,
  dashboardList,
  dashboardSharing,
  dashboardTemplates,
  dashboardOverlay,
  dashboardVisibility,
  dashboardCompare,
  dashboardExport,
  drafts,
  gallery,
  mapLayers,
  pictures,
  sandbox,
  symbolForm,
  timeTravel,
  visualise,
}
