export default { name: 'no-iterate', iterate: 5 };
