Console.WriteLine("eigenflow");
