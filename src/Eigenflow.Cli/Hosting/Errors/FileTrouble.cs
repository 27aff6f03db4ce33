namespace Eigenflow.Cli;

/// <summary>What the file system has refused and nothing nearer to the file has told, in one line: a full disk is told of a full disk alone, and never of a file that could not be read.</summary>
internal static class FileTrouble
{
    // Numbers of errors of Linux and macOS, and of Windows.
    private const int NoSpace = 28, TooLarge = 27, Quota = 122, QuotaOfMac = 69, DiskFull = unchecked((int)0x80070070), HandleDiskFull = unchecked((int)0x80070027);
    private const int TooManyFiles = 24, TooManyFilesOfAll = 23, TooManyFilesOfWindows = unchecked((int)0x80070004);

    /// <summary>The line, without the name of the program.</summary>
    public static string Of(Exception exception)
    {
        var said = exception.Message.ReplaceLineEndings(" ").TrimEnd('.');
        return exception.HResult switch
        {
            NoSpace or TooLarge or Quota or QuotaOfMac or DiskFull or HandleDiskFull => $"the results could not be written ({said}); free space on the disk, or write elsewhere.",
            TooManyFiles or TooManyFilesOfAll or TooManyFilesOfWindows => $"no more files can be opened ({said}); raise the limit, such as with ulimit -n 1024, and run the same command again.",
            _ when exception is FileNotFoundException or DirectoryNotFoundException => $"a file is not there ({said}); see whether it was moved or deleted meanwhile, and run the same command again.",
            _ when exception is EndOfStreamException or InvalidDataException => $"a file could not be read ({said}); it is cut off or damaged, or not of the kind that its ending says.",
            _ when exception is UnauthorizedAccessException => $"a file may not be read or written by you ({said}); change its permissions, or use another.",
            _ => $"a file could not be read or written ({said}); see whether its disk and its network are there, and run the same command again.",
        };
    }
}
