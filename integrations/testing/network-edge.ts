import nock from 'nock';

/** Call inside `describe`: no test reaches a real vendor, and none leaves a fake behind. */
export function fakeTheNetworksEdge(): void {
  before(() => {
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
  });
  afterEach(() => nock.cleanAll());
  after(() => {
    nock.enableNetConnect();
    nock.restore();
  });
}
