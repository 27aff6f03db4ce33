using Eigenflow.Data;
using Shouldly;

namespace Eigenflow.Tests.Data;

/// <summary>Damages files at random: bytes changed, inserted, removed, copied, cut off.</summary>
internal static class Mutation
{
    private const string Telling = "0123456789,;()'-.nie\n\t\" ";

    public static byte[] Of(byte[] original, System.Random random)
    {
        var bytes = original.ToList();
        for (var count = random.Next(1, 5); count > 0 && bytes.Count > 0; count--)
        {
            var place = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.Insert(place, (byte)random.Next(256));
                    break;
                case 2:
                    bytes.RemoveAt(place);
                    break;
                case 3:
                    bytes.InsertRange(place, bytes.Skip(random.Next(bytes.Count)).Take(random.Next(20)).ToArray());
                    break;
                case 4:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
                default:
                    bytes[place] = (byte)Telling[random.Next(Telling.Length)];
                    break;
            }
        }

        return [.. bytes];
    }

    public static void MustBeLocated(TemporaryFolder folder, string name, byte[] bytes) => MustBeLocated(folder, name, bytes, path =>
    {
        var matrix = NumericFile.ReadMatrix(path);
        matrix.Values.Length.ShouldBe(matrix.Rows * matrix.Columns);
        Array.TrueForAll(matrix.Values, double.IsFinite).ShouldBeTrue();
    });

    /// <summary>As above, for tables with columns of numbers or texts.</summary>
    public static void TableMustBeLocated(TemporaryFolder folder, string name, byte[] bytes) => MustBeLocated(folder, name, bytes, path =>
    {
        var table = ColumnTable.Read(path);
        foreach (var column in table.Names)
            table.Texts(column).Length.ShouldBe(table.Rows);
    });

    private static void MustBeLocated(TemporaryFolder folder, string name, byte[] bytes, Action<string> read)
    {
        var path = folder.Write(name, bytes);
        try
        {
            read(path);
        }
        catch (EigenflowException exception)
        {
            exception.Message.ShouldContain(path);
            exception.Message.Any(char.IsControl).ShouldBeFalse();
        }
        catch (Exception exception) when (exception is not ShouldAssertException)
        {
            throw new InvalidOperationException($"mutated file {Convert.ToHexString(bytes)} gave {exception.GetType().Name}", exception);
        }
    }
}
