// A worker that fills documents with one Node engine: commands as JSON lines in, answers out.
// node peers.js ENGINE NODE_MODULES
'use strict';
const fs = require('fs');
const path = require('path');
const readline = require('readline');
const [engine, modules] = process.argv.slice(2);
const load = (name) => require(path.join(modules, name));

const ENGINES = {
  docxtemplater() {
    const PizZip = load('pizzip');
    const Docxtemplater = load('docxtemplater');
    return (template) => {
      const bytes = fs.readFileSync(template);
      return async (values) => {
        const document = new Docxtemplater(new PizZip(bytes), { paragraphLoop: true });
        document.render(values);
        return document.getZip().generate({ type: 'nodebuffer', compression: 'DEFLATE' });
      };
    };
  },
  carbone() {
    const carbone = load('carbone');
    return (template) => (values) => new Promise((done, fail) => {
      carbone.render(template, values, (error, bytes) => (error ? fail(error) : done(bytes)));
    });
  },
  'easy-template-x'() {
    const { TemplateHandler } = load('easy-template-x');
    const handler = new TemplateHandler();
    return (template) => {
      const bytes = fs.readFileSync(template);
      return (values) => handler.process(bytes, values);
    };
  },
};

const compile = ENGINES[engine]();
const documents = {};

async function answer(request) {
  if (request.do === 'prepare') {
    const records = JSON.parse(fs.readFileSync(request.records, 'utf8'));
    documents[request.kind] = { render: compile(request.template), records };
    return {};
  }
  if (request.do === 'run') {
    const { render, records } = documents[request.kind];
    const start = process.hrtime.bigint();
    for (let i = 0; i < request.count; i++) {
      const bytes = await render(records[i % records.length]);
      fs.writeFileSync(path.join(request.folder, `${i}.docx`), bytes);
    }
    return { wall: Number(process.hrtime.bigint() - start) / 1e9 };
  }
  throw new Error(`unknown: ${request.do}`);
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    let reply;
    try {
      reply = await answer(JSON.parse(line));
    } catch (error) {
      reply = { error: String((error && error.message) || error).slice(0, 300) };
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
})();
