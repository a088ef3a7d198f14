export async function takePictures() {
  return [];
}
