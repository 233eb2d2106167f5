export default { name: 'bad name', iterate() {} };
