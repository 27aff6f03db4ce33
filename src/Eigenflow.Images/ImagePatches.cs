using Eigenflow.Data;
using Eigenflow.Random;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Images;

/// <summary>Options of patches.</summary>
public sealed record ImagePatchOptions
{
    /// <summary>Range of <see cref="Size"/>.</summary>
    public static Parameter<long> SizeRange { get; } = Parameter.Whole("patch", ImageRows.SmallestSize, ImageRows.LargestSize);

    /// <summary>Range of <see cref="Count"/>.</summary>
    public static Parameter<long> CountRange { get; } = Parameter.Whole("patches", ImageRows.FewestPatches, ImageRows.MostPatches);

    /// <summary>Edge of the square patches in pixels, 2 to 128. Default 16.</summary>
    public int Size { get; init; } = ImageRows.DefaultSize;

    /// <summary>Largest number of patches, 100 to 1e7. Default 20 000; images with fewer places give each of them once.</summary>
    public int Count { get; init; } = ImageRows.DefaultCount;

    /// <summary>Whether patches have red, green and blue; otherwise luminance alone.</summary>
    public bool IsColour { get; init; }

    /// <summary>Seed of the places.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate()
    {
        _ = SizeRange.Check((long)Size);
        _ = CountRange.Check((long)Count);
    }
}

/// <summary>Patches of the images of a folder.</summary>
/// <param name="Data">One patch per row: pixels row by row, for colour red, green and blue of each pixel; numbers from 0 to 1 as stored (sRGB, not linear light).</param>
/// <param name="Images">Number of images that were used.</param>
/// <param name="Warnings">Files that were left out, and why; folders below that were read.</param>
public sealed record ImagePatches(DataMatrix Data, int Images, IReadOnlyList<string> Warnings)
{
    /// <summary>Makes folders of images an input of systems, of luminance.</summary>
    public static void Register() =>
        ImageRows.Use((folder, size, count, seed) => Read(folder, new ImagePatchOptions { Size = size, Count = count, Seed = seed }, null, CancellationToken.None).Data);

    /// <summary>
    /// Draws patches from all PNG and JPEG images of a folder, or of the folders below it where it holds none itself, no place twice, every place of every image equally likely; places come from the seed and the ordinal order of the paths.
    /// PNG images of 16 bits keep them.
    /// One decoded image is in memory at a time, beside the patches.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">Options.</param>
    /// <param name="progress">Receives the fraction of the images, or null.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="EigenflowException">No usable image, or options out of range.</exception>
    public static ImagePatches Read(string folder, ImagePatchOptions options, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var warnings = new List<string>();
        var images = Find(folder, options.Size, warnings, cancellation);
        var width = options.Size * options.Size * (options.IsColour ? 3 : 1);
        var count = (int)Math.Min(options.Count, images.Sum(image => PlacesOf(image.Width, image.Height, options.Size)));
        if ((double)count * width * sizeof(double) > 0.5 * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes || (long)count * width > Array.MaxLength)
            throw new TooLargeException($"{count} patches of {width} numbers", (double)count * width * sizeof(double), 0.5 * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, "use fewer or smaller patches");
        var values = new double[count * width];
        var places = Draw(images, options, count).GroupBy(place => place.Image).OrderBy(group => group.Key).ToArray();
        for (var index = 0; index < places.Length; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress((double)index / places.Length, "images"));
            var image = images[places[index].Key];
            using var pixels = PixelImage.Decode(image.Path, out var problem) ?? throw new InputFileException(image.Path, $"it cannot be decoded ({problem})", "a folder that does not change while it is read");
            foreach (var (_, row, x, y) in places[index])
                pixels.Copy(x, y, options.Size, options.IsColour, values.AsSpan(row * width, width));
        }

        return new ImagePatches(new DataMatrix(count, width, values) { Notes = warnings }, images.Count, warnings);
    }

    private const int MostNamed = 20;

    private static List<(string Path, int Width, int Height)> Find(string folder, int size, List<string> warnings, CancellationToken cancellation)
    {
        var images = new List<(string Path, int Width, int Height)>();
        var unused = 0;
        folder = InputGate.Resolve(folder);
        var found = ImageFolder.Find(folder);
        foreach (var path in found.Files)
        {
            // Damage shows only when all pixels are decoded.
            cancellation.ThrowIfCancellationRequested();
            var name = Path.GetRelativePath(folder, path);
            using var pixels = PixelImage.Decode(path, out var problem);
            if (pixels is not null && pixels.Width >= size && pixels.Height >= size)
                images.Add((path, pixels.Width, pixels.Height));
            else if (++unused <= MostNamed)
                warnings.Add($"{name} was left out: {problem ?? $"{pixels!.Width} × {pixels.Height} pixels are fewer than a patch has"}");
        }

        if (unused > MostNamed)
            warnings.Add($"{unused - MostNamed} more files were left out");

        if (images.Count == 0)
        {
            var problem = found.Files.Count > 0 ? $"none of its {found.Files.Count} images can be used ({warnings[0]})" : "it holds no images" + (found.Notes.Count > 0 ? $" that can be read ({found.Notes[0]})" : "");
            throw new InputFileException(folder, problem, $"a folder with PNG or JPEG images of at least {size} × {size} pixels");
        }

        warnings.AddRange(found.Notes);
        return images;
    }

    private static long PlacesOf(int width, int height, int size) => (long)(width - size + 1) * (height - size + 1);

    // A place that an earlier patch has is drawn again: copies of a patch would count as samples and add nothing.
    private static IEnumerable<(int Image, int Row, int X, int Y)> Draw(List<(string Path, int Width, int Height)> images, ImagePatchOptions options, int count)
    {
        var ends = new long[images.Count];
        long total = 0;
        for (var i = 0; i < ends.Length; i++)
            ends[i] = total += PlacesOf(images[i].Width, images[i].Height, options.Size);
        var taken = new HashSet<long>(count);
        for (var row = 0; row < count; row++)
        {
            long place;
            uint attempt = 0;
            do
            {
                var words = Philox.Block(((uint)row, 0x9A7C, attempt++, 0), ((uint)options.Seed, (uint)(options.Seed >> 32)));
                place = (long)(((UInt128)(((ulong)words.Word0 << 32) | words.Word1) * (UInt128)total) >> 64);
            }
            while (!taken.Add(place));
            var image = Array.BinarySearch(ends, place);
            image = image < 0 ? ~image : image + 1;
            place -= image == 0 ? 0 : ends[image - 1];
            var across = images[image].Width - options.Size + 1;
            yield return (image, row, (int)(place % across), (int)(place / across));
        }
    }
}
