pub struct Cache {
    size: usize,
}

impl Cache {
    pub fn new(size: usize) -> Self {
        Cache { size }
    }

    pub fn evict(&mut self) {
        self.size -= 1;
    }
}
