// What JupyterLab loads first of this extension, in the form that it expects of a bundler ("module federation"),
// written by hand: nothing here is compiled. It hands over the modules that JupyterLab itself runs on; two copies of
// one would not know each other's objects. The extension proper is buttons.js.
'use strict';

(() => {
  const NAME = 'course-buttons'; // as in package.json and the folder's name
  const NEEDED = {
    apputils: '@jupyterlab/apputils',
    notebook: '@jupyterlab/notebook',
    outputarea: '@jupyterlab/outputarea',
    widgets: '@lumino/widgets'
  };

  const beside = file => new URL(file, here).href;
  const here = document.currentScript.src; // known while this script runs, not later
  let scope = {};

  // A module that JupyterLab shares, of several versions the one that is already in use.
  async function shared(name) {
    const versions = Object.values(scope[name] ?? {});
    if (!versions.length) {
      throw new Error(`${NAME}: this JupyterLab does not share ${name}`);
    }
    const factory = await (versions.find(version => version.loaded) ?? versions[0]).get();
    return factory();
  }

  function addStyle() {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = beside('style.css');
    document.head.append(link);
  }

  async function extension() {
    const [{ makePlugin }, ...modules] = await Promise.all([
      import(beside('buttons.js')),
      ...Object.values(NEEDED).map(shared)
    ]);
    addStyle();
    const names = Object.keys(NEEDED);
    const lab = Object.fromEntries(names.map((name, i) => [name, modules[i]]));
    return () => ({ __esModule: true, default: makePlugin(lab) });
  }

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB[NAME] = {
    init: given => {
      scope = given;
    },
    get: async module => {
      if (module !== './extension') {
        throw new Error(`${NAME} has no module ${module}, only ./extension`);
      }
      return extension();
    }
  };
})();
