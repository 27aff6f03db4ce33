using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>A finite group of a file: orthogonal m × m matrices one below the other, all elements of it.</summary>
/// <param name="Size">m.</param>
/// <param name="Elements">The matrices row by row, the identity first.</param>
internal sealed record GivenGroup(int Size, double[][] Elements)
{
    /// <summary>Largest number of elements.</summary>
    public const int MostElements = 2000;

    private const double Orthogonality = 1e-8;
    private const double Sameness = 1e-6;
    private const double MostNumbers = 2e7;
    private const string Expected = "the orthogonal matrices of a finite group one below the other, as many columns as a template or a point has numbers";

    /// <summary>Reads and checks a group.</summary>
    /// <param name="path">The file.</param>
    /// <param name="size">A size of matrices that is allowed.</param>
    /// <param name="other">Another one.</param>
    /// <exception cref="InputFileException">It is none; says which condition is violated by which elements.</exception>
    public static GivenGroup Read(string path, int size, int other)
    {
        var table = InputVector.ReadMatrix(path);
        if (table.Columns != size && table.Columns != other)
            throw new InputFileException(path, string.Create(CultureInfo.InvariantCulture, $"it has {table.Columns} columns{(table.Columns == size * size || table.Columns == other * other ? FormattableString.Invariant($", the numbers of one matrix: reshape(-1, {(table.Columns == size * size ? size : other)}) gives every row of a matrix a row of its own") : "")}"), size == other ? string.Create(CultureInfo.InvariantCulture, $"matrices of {size} columns") : string.Create(CultureInfo.InvariantCulture, $"matrices of {size} columns (of a whole template) or {other} (of a point)"));
        return InputScope.Once("group", path, file => Check(file, table), group => 8.0 * group.Size * group.Size * group.Elements.Length);
    }

    private static GivenGroup Check(string path, DataMatrix table)
    {
        var m = table.Columns;
        if (table.Rows % m != 0)
            throw new InputFileException(path, string.Create(CultureInfo.InvariantCulture, $"{table.Rows} rows are no whole number of {m} × {m} matrices"), Expected);
        var count = table.Rows / m;
        if (count > MostElements || (double)count * m * m > MostNumbers)
            throw new InputFileException(path, string.Create(CultureInfo.InvariantCulture, $"it has {count} matrices of {m} × {m}"), string.Create(CultureInfo.InvariantCulture, $"at most {MostElements} matrices and {MostNumbers:G3} numbers"));
        double[][] elements = [.. Enumerable.Range(0, count).Select(k => table.Values.AsSpan(k * m * m, m * m).ToArray())];
        for (var k = 0; k < count; k++)
        {
            if (DistanceFromOrthogonal(elements[k], m) is var distance && !(distance < Orthogonality))
                throw new InputFileException(path, string.Create(CultureInfo.InvariantCulture, $"matrix {k + 1} is not orthogonal: the largest entry of gᵀg − 1 is {distance:G2}"), "orthogonal matrices to 1e-8");
        }

        var identity = Array.FindIndex(elements, element => IsIdentity(element, m));
        if (identity < 0)
            throw new InputFileException(path, "the identity is missing", "a group, which has it");
        (elements[0], elements[identity]) = (elements[identity], elements[0]);
        CheckClosure(path, elements, m);
        return new GivenGroup(m, elements);
    }

    // What is closed under products with generators from the left, and made of them, is closed: a few products per element are enough.
    private static void CheckClosure(string path, double[][] elements, int m)
    {
        var table = new ElementTable(elements, m);
        if (table.Twin is var (first, second) && first >= 0)
            throw new InputFileException(path, string.Create(CultureInfo.InvariantCulture, $"matrices {first + 1} and {second + 1} are the same"), "every element once");
        var isReached = new bool[elements.Length];
        isReached[0] = true;
        var generators = new List<int>();
        var product = new double[m * m];
        for (var next = Array.IndexOf(isReached, false); next >= 0; next = Array.IndexOf(isReached, false))
        {
            generators.Add(next);
            Queue<int> open = new(Enumerable.Range(0, elements.Length).Where(k => isReached[k]).Append(next));
            isReached[next] = true;
            while (open.TryDequeue(out var k))
            {
                foreach (var generator in generators)
                {
                    Multiply(elements[generator], elements[k], m, product);
                    var found = table.Find(product);
                    if (found < 0)
                        throw new InputFileException(path, string.Create(CultureInfo.InvariantCulture, $"the product of the matrices {generator + 1} and {k + 1} (the identity counted first) is missing"), "a group, which is closed under products");
                    if (!isReached[found])
                        open.Enqueue(found);
                    isReached[found] = true;
                }
            }
        }
    }

    private static void Multiply(double[] left, double[] right, int m, double[] product)
    {
        Array.Clear(product);
        for (var i = 0; i < m; i++)
        {
            for (var k = 0; k < m; k++)
            {
                for (var j = 0; j < m; j++)
                    product[(i * m) + j] += left[(i * m) + k] * right[(k * m) + j];
            }
        }
    }

    private static double DistanceFromOrthogonal(double[] matrix, int m)
    {
        var largest = 0.0;
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j <= i; j++)
                largest = Math.Max(largest, Math.Abs(Vectors.Dot(matrix.AsSpan(i * m, m), matrix.AsSpan(j * m, m)) - (i == j ? 1 : 0)));
        }

        return largest;
    }

    private static bool IsIdentity(double[] matrix, int m)
    {
        for (var i = 0; i < matrix.Length; i++)
        {
            if (Math.Abs(matrix[i] - (i / m == i % m ? 1 : 0)) > Sameness)
                return false;
        }

        return true;
    }

    // Finds matrices by their product with a fixed direction, in order.
    private sealed class ElementTable
    {
        private readonly double[][] elements;
        private readonly double[] keys, probe;
        private readonly int[] order;

        public ElementTable(double[][] elements, int m)
        {
            this.elements = elements;
            probe = [.. Enumerable.Range(0, m * m).Select(k => Math.Sin((1.7 * k) + 1) / m)];
            keys = [.. elements.Select(element => Vectors.Dot(element, probe))];
            order = [.. Enumerable.Range(0, elements.Length)];
            Array.Sort(keys, order);
        }

        public (int First, int Second) Twin
        {
            get
            {
                for (var i = 0; i < order.Length; i++)
                {
                    for (var j = i + 1; j < order.Length && keys[j] - keys[i] < Sameness; j++)
                    {
                        if (AreSame(elements[order[i]], elements[order[j]]))
                            return (order[i], order[j]);
                    }
                }

                return (-1, -1);
            }
        }

        public int Find(double[] matrix)
        {
            var key = Vectors.Dot(matrix, probe);
            var at = Array.BinarySearch(keys, key - Sameness);
            for (var i = at < 0 ? ~at : at; i < keys.Length && keys[i] <= key + Sameness; i++)
            {
                if (AreSame(elements[order[i]], matrix))
                    return order[i];
            }

            return -1;
        }

        private static bool AreSame(double[] first, double[] second)
        {
            for (var k = 0; k < first.Length; k++)
            {
                if (Math.Abs(first[k] - second[k]) > Sameness)
                    return false;
            }

            return true;
        }
    }
}
