namespace Eigenflow.Data;

/// <summary>
/// Folders of images as rows of patches. Decoding is the work of a room above this one, which a host opens once at its start; in the library alone a folder is no input.
/// </summary>
internal static class ImageRows
{
    /// <summary>Edge of patches where none is given.</summary>
    public const int DefaultSize = 16;

    /// <summary>Number of patches where none is given.</summary>
    public const int DefaultCount = 20_000;

    /// <summary>Smallest and largest edge.</summary>
    public const int SmallestSize = 2, LargestSize = 128;

    /// <summary>Fewest and most patches.</summary>
    public const double FewestPatches = 100, MostPatches = 1e7;

    private static Decoder? decoder;

    /// <summary>Draws patches from the images of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="size">Edge in pixels.</param>
    /// <param name="count">Number of patches.</param>
    /// <param name="seed">Seed of their places.</param>
    public delegate DataMatrix Decoder(string folder, int size, int count, ulong seed);

    /// <summary>Says who decodes.</summary>
    /// <param name="images">The decoder.</param>
    public static void Use(Decoder images) => decoder = images;

    /// <summary>The patches of a folder, one per row.</summary>
    /// <exception cref="EigenflowException">No usable image.</exception>
    public static DataMatrix Read(string folder, int size, int count, ulong seed) =>
        (decoder ?? throw new InputFileException(folder, "it is a folder", "a file with rows of numbers")).Invoke(folder, size, count, seed);
}
