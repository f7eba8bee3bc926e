export class Router {
  constructor() {
    this.routes = [];
  }

  add(path, handler) {
    this.routes.push({ path, handler });
  }
}

export function createRouter() {
  return new Router();
}
